package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.predict.TextState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final int V = 5;
  private static final List<RecurrentState> STATES =
      List.of(
          random(new NetworkSpec(CellType.LSTM, V, 3, 2), 1),
          random(new NetworkSpec(CellType.RNN, V, 4, 1), 2),
          random(new NetworkSpec(CellType.PHASED_LSTM, V, 2, 1), 3));
  private static final List<float[]> LOGITS =
      List.of(
          new float[] {1, -2, 3, -4, 5},
          new float[] {0, 0.5f, 0, 0, -1e30f},
          new float[] {2, 0, 0, 0, 0});
  private static final StateFile.Owner OWNER = owner("tales", 7);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("state");
  }

  private static RecurrentState random(NetworkSpec spec, int seed) {
    RecurrentState state = new RecurrentState(spec, 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (float[][] layers : state.values()) {
      for (float[] layer : layers) {
        for (int i = 0; i < layer.length; i++) {
          layer[i] = (float) random.nextDouble(-1, 1);
        }
      }
    }
    return state;
  }

  private static StateFile.Owner owner(String name, int hash) {
    byte[] sha256 = new byte[32];
    Arrays.fill(sha256, (byte) hash);
    return new StateFile.Owner(name, sha256, V, new TextState(STATES, LOGITS));
  }

  private static SavedText text(int recent, double bound, boolean cut) {
    int[] tokens = new int[recent];
    Arrays.setAll(tokens, i -> i * i % V);
    return new SavedText(
        new TextState(STATES, LOGITS),
        4,
        new SamplerState(-9L, bound, tokens),
        1L << 40,
        1L << 39,
        cut);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (SavedText text :
        List.of(
            text(0, Double.NaN, false), text(1, -3.5, true), text(RecentTokens.COUNT, 0, true))) {
      StateFile.write(file, OWNER, text);
      SavedText read = StateFile.read(file, OWNER);
      assertThat(read)
          .usingRecursiveComparison()
          .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
          .isEqualTo(text);
      StateFile.requireReplaceable(file);
    }
  }

  @Test
  void anotherModelsIsRefused() throws IOException {
    StateFile.write(file, OWNER, text(3, 1, false));
    assertThatExceptionOfType(StateFileException.class)
        .isThrownBy(() -> StateFile.read(file, owner("letters", 8)))
        .withMessage(
            file
                + " was saved with another model: tales (SHA-256 070707070707...), not letters"
                + " (080808080808...); choose that one");
  }

  /** Each byte that is changed, each that is missing and each that is too many is noticed. */
  @Test
  void damageIsNoticed() throws IOException {
    StateFile.write(file, OWNER, text(10, 1, false));
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 4;
      refuses(changed);
      refuses(Arrays.copyOf(whole, i));
    }
    refuses(Arrays.copyOf(whole, whole.length + 1));
    refuses(Arrays.copyOf(whole, whole.length + 100_000));
  }

  /** Numbers that no text has, under a right checksum. */
  @Test
  void impossibleNumbersAreRefused() throws IOException {
    StateFile.write(file, OWNER, text(10, 1, false));
    byte[] whole = Files.readAllBytes(file);
    int numbers = 14 + 2 + "tales".length() + 32 + 1; // where length stands
    refuses(with(whole, numbers, Long.BYTES, -1L));
    refuses(with(whole, numbers + 8, Long.BYTES, -1L));
    refuses(with(whole, numbers + 8, Long.BYTES, (1L << 40) + 1));
    refuses(with(whole, numbers + 24, Long.BYTES, Double.doubleToLongBits(1 / 0.0)));
    for (long token : new long[] {V, -1, Integer.MAX_VALUE}) {
      refuses(with(whole, numbers + 32, Integer.BYTES, token));
    }
    for (long count : new long[] {9, 11, -1, RecentTokens.COUNT + 1, Integer.MAX_VALUE}) {
      refuses(with(whole, numbers + 36, Integer.BYTES, count));
    }
    refuses(with(whole, numbers + 40, Character.BYTES, V));
    int hidden = numbers + 40 + 10 * Character.BYTES;
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 2, -1e30f}) {
      refuses(with(whole, hidden, Float.BYTES, Float.floatToIntBits(value)));
    }
    int logits = whole.length - Integer.BYTES - LOGITS.size() * V * Float.BYTES;
    refuses(with(whole, logits - Integer.BYTES, Integer.BYTES, 1));
    refuses(with(whole, logits, Float.BYTES, Float.floatToIntBits(Float.NaN)));
  }

  private static byte[] with(byte[] whole, int at, int size, long value) {
    byte[] changed = whole.clone();
    for (int i = 0; i < size; i++) {
      changed[at + i] = (byte) (value >> 8 * (size - 1 - i));
    }
    CRC32 crc = new CRC32();
    crc.update(changed, 0, changed.length - Integer.BYTES);
    ByteBuffer.wrap(changed).putInt(changed.length - Integer.BYTES, (int) crc.getValue());
    return changed;
  }

  private void refuses(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThatExceptionOfType(StateFileException.class)
        .isThrownBy(() -> StateFile.read(file, OWNER))
        .withMessageContaining(file.toString());
  }
}
