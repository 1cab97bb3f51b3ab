package charnn.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

class XzSizeTest {
  /** Words of which some are frequent. */
  private static byte[] text(int words, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      known.add(Integer.toString(random.nextInt(1 << 24), 36));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      double place = random.nextDouble();
      text.append(known.get((int) (place * place * known.size()))).append(' ');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A container with its own bytes, which are the same for every text but for padding. */
  private static int packed(byte[] bytes) throws IOException {
    LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_MAX);
    options.setDictSize(1 << 20);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (XZOutputStream xz = new XZOutputStream(out, options, XZ.CHECK_NONE)) {
      xz.write(bytes);
    }
    return out.size();
  }

  @Test
  void aTextIsPackedAsByXz() throws IOException {
    byte[] whole = text(8000, 1);
    int cut = whole.length / 10 * 9;
    List<Long> progress = new ArrayList<>();
    double end = XzSize.of(whole, whole.length, progress::add) - XzSize.of(whole, cut, done -> {});
    double difference = packed(whole) - packed(Arrays.copyOf(whole, cut));
    assertThat(end).isCloseTo(difference, within(8.0));
    assertThat(progress).isSorted().endsWith((long) whole.length);
  }

  @Test
  void whatStandsBeforeHelps() {
    byte[] part = text(2000, 2);
    byte[] twice = Arrays.copyOf(part, 2 * part.length);
    System.arraycopy(part, 0, twice, part.length, part.length);
    long once = XzSize.of(twice, part.length, done -> {});
    assertThat(XzSize.of(twice, twice.length, done -> {}) - once).isLessThan(once / 50);
  }

  @Test
  void aFewBytesArePacked() {
    byte[] few = "once".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length <= few.length; length++) {
      assertThat(XzSize.of(few, length, done -> {})).isBetween((long) length, length + 20L);
    }
  }
}
