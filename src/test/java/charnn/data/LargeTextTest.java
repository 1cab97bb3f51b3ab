package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that is read in pieces is the same as one that is read whole. */
class LargeTextTest {
  private static final DecodingSettings SETTINGS = new DecodingSettings(null, false);

  /** Whatever meets at the ends of pieces: line ends, accents, syllables, pairs, marks. */
  private static final String[] PARTS = {
    "word ",
    "\r\n",
    "\r",
    "\n",
    "\r\r\n",
    "e\u0301",
    "a\u0327\u0301",
    "\u1112\u1161\u11AB",
    "\uD83D\uDE00",
    "\uFEFF",
    "中文",
    "かな",
    "か\u3099",
    "é",
    "\u0344",
    "Ω\u0345",
    "\t",
  };

  private record Read(String text, LargeText.Summary summary, List<String> notes) {}

  private static Read large(byte[] bytes, DecodingSettings settings) throws IOException {
    TextSample sample =
        TextSample.of(
            (offset, count) ->
                Arrays.copyOfRange(
                    bytes, (int) offset, (int) Math.min(bytes.length, offset + count)),
            bytes.length);
    LargeText text = LargeText.of("book.txt", sample, settings);
    InMemoryText.Writer to = new InMemoryText.Writer();
    LargeText.Summary summary = text.readTo(to, "book.txt", trickling(bytes));
    List<String> notes = new java.util.ArrayList<>();
    text.notes().forEach(note -> notes.add(note.toString()));
    summary.notes().forEach(note -> notes.add(note.toString()));
    return new Read(
        to.finish(List.of(new Corpus.Source("a", null, 1, "00".repeat(32))), List.of()).text(),
        summary,
        notes);
  }

  /** As from a pipe: some bytes at a time. */
  private static InputStream trickling(byte[] bytes) {
    SplittableRandom random = new SplittableRandom(3);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, 1 + random.nextInt(5000)));
      }

      @Override
      public int readNBytes(byte[] to, int offset, int length) {
        int count = 0;
        for (int n = 0; count < length && n >= 0; count += Math.max(0, n)) {
          n = read(to, offset + count, length - count);
        }
        return count;
      }
    };
  }

  private static String whole(byte[] bytes, DecodingSettings settings) throws IOException {
    String decoded = TextFile.decode("book.txt", bytes, settings).text();
    return Boilerplate.remove(settings.normalized(decoded));
  }

  private static String random(int seed, int parts) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
      if (i % 5000 == 0) {
        text.append("x".repeat(random.nextInt(200_000)));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "GB18030"})
  void itIsTheTextInMemory(String encoding) throws IOException {
    DecodingSettings settings =
        encoding.equals("GB18030") ? SETTINGS.withEncoding(encoding) : SETTINGS;
    for (int seed = 0; seed < 2; seed++) {
      String text = "plain words at the beginning " + random(seed, 60_000);
      byte[] bytes = text.getBytes(Charset.forName(encoding));
      Read read = large(bytes, settings);
      assertThat(read.text.equals(whole(bytes, settings))).as("seed " + seed).isTrue();
      assertThat(read.summary.bytes()).isEqualTo(bytes.length);
      assertThat(read.summary.sha256()).isEqualTo(Corpus.sha256(bytes));
      assertThat(read.summary.isRespelt()).isTrue();
      assertThat(read.summary.isBlank()).isFalse();
    }
  }

  @Test
  void soItIsInAnotherFormAndInSmallLetters() throws IOException {
    DecodingSettings settings = SETTINGS.withCharacters(DecodingSettings.NFKC, true, 0);
    int[] some = {
      'A', 'z', ' ', 'İ', 'Σ', 0xA8, 0xB4, 0xBD, 0xFB03, 0xFF21, 0x301, 0x323, 0x345, 0xFF76,
      0xFF9E, 0xFF9F, 0x304B, 0x30AB, 0x3131, 0x314F, 0xFFA1, 0xFFC2, 0x1100, 0x1161, 0x11A8, 0x4E00
    };
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder(random(5, 1000));
    for (int i = 0; i < 700_000; i++) {
      text.appendCodePoint(some[random.nextInt(some.length)]);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Read read = large(bytes, settings);
    assertThat(read.text.equals(whole(bytes, settings))).isTrue();
    assertThat(read.summary.isRespelt()).isTrue();
    assertThat(read.summary.isLowercased()).isTrue();
  }

  @Test
  void aDetectedEncodingIsThatOfTheWholeText() throws IOException {
    String text = "Он сказал: «Всё это так, но не совсем».\n".repeat(60_000);
    byte[] bytes = text.getBytes(Charset.forName("windows-1251"));
    Read read = large(bytes, SETTINGS);
    assertThat(read.text.equals(text)).isTrue();
    assertThat(read.notes).hasSize(1).first().asString().contains("read as windows-1251");
  }

  @Test
  void aByteOrderMarkDecides() throws IOException {
    String text = "Some words, Σ, and more of them.\n".repeat(50_000);
    byte[] bytes = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
    assertThat(large(bytes, SETTINGS).text.equals(text)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(BadBytes.class)
  void badBytesAreFoundWhereTheyAre(BadBytes badBytes) throws IOException {
    DecodingSettings settings = SETTINGS.withBadBytes(badBytes);
    byte[] bytes = "Ein schöner Tag, dachte er.\n".repeat(120_000).getBytes(StandardCharsets.UTF_8);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Tag", 2_345_000);
    bytes[at] = (byte) 0xFE;
    int nul = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Tag", 3_000_000);
    bytes[nul] = 0;
    if (badBytes == BadBytes.FAIL) {
      assertThatThrownBy(() -> large(bytes, settings))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining(
              "book.txt has 1 byte that is not valid UTF-8, the first 0xFE at offset "
                  + at
                  + "; repair");
      bytes[at] = 'x';
      assertThatThrownBy(() -> large(bytes, settings))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining("book.txt has a NUL (zero byte), the first at offset " + nul);
      return;
    }
    Read read = large(bytes, settings);
    TextFile whole = TextFile.decode("book.txt", bytes, settings);
    assertThat(read.text.equals(whole.text())).isTrue();
    assertThat(read.notes).isEqualTo(whole.notes().stream().map(Object::toString).toList());
  }

  @Test
  void boilerplateAtBothEndsIsRemoved() throws IOException {
    String header =
        "The Project Gutenberg eBook of A Book, by An Author\n\nThis eBook is for the use of anyone anywhere in the United States.\n\n"
            + "*** START OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\n\n\n";
    String footer =
        "\n\n*** END OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\nUpdated editions will replace the previous one. "
            + "Project Gutenberg eBooks may be freely copied and distributed under the license.\n";
    String book = "CHAPTER I\n\nIt was a dark night, and nobody slept.\n\n".repeat(60_000);
    byte[] bytes = (header + book + footer).getBytes(StandardCharsets.UTF_8);
    Read read = large(bytes, SETTINGS);
    assertThat(read.text.equals(whole(bytes, SETTINGS))).isTrue();
    assertThat(read.text).startsWith("CHAPTER I\n").endsWith("nobody slept.\n");
    long removed = bytes.length - read.text.length();
    assertThat(read.notes)
        .containsExactly(
            "book.txt: removed "
                + String.format(java.util.Locale.ROOT, "%,d", removed)
                + " characters of Project Gutenberg's header and licence (keeping the boilerplate keeps them)");
    Read kept = large(bytes, new DecodingSettings(null, true));
    assertThat(kept.text.equals(header + book + footer)).isTrue();
  }

  @Test
  void whatStandsInTheMiddleStays() throws IOException {
    String mark =
        "*** END OF THE PROJECT GUTENBERG EBOOK A BOOK ***\n\nThe licence and the eBook.\n\n";
    String half = "It was a dark night, and nobody slept.\n\n".repeat(60_000);
    byte[] bytes = (half + mark + half).getBytes(StandardCharsets.UTF_8);
    assertThat(large(bytes, SETTINGS).text.equals(half + mark + half)).isTrue();
  }

  @Test
  void whiteSpaceIsNoText() throws IOException {
    byte[] bytes = ("\n".repeat(100) + " ".repeat(3_000_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(large(bytes, SETTINGS).summary.isBlank()).isTrue();
  }

  @Test
  void binaryDataIsRefused() {
    byte[] bytes = new byte[3_000_000];
    new java.util.Random(5).nextBytes(bytes);
    assertThatThrownBy(() -> large(bytes, SETTINGS)).isInstanceOf(CorpusException.class);
  }

  @Test
  void aTextIsCutWhereNothingMeets() {
    SplittableRandom random = new SplittableRandom(11);
    StringBuilder before = new StringBuilder();
    int checked = 0;
    for (int codePoint = 0; codePoint < 0x10000; codePoint++) {
      char c = (char) codePoint;
      if (Character.isSurrogate(c) || !LargeText.isSafeBefore(c)) {
        continue;
      }
      before.setLength(0);
      for (int i = 0; i < 4; i++) {
        before.append(PARTS[random.nextInt(PARTS.length)]);
        int any = random.nextInt(0x3400);
        before.append((char) any);
      }
      String after = c + "\u0301" + PARTS[random.nextInt(PARTS.length)];
      String halves = nfc(before.toString()) + nfc(after);
      assertThat(halves).as("U+%04X", codePoint).isEqualTo(nfc(before + after));
      checked++;
    }
    assertThat(checked).isGreaterThan(20_000);
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  @Test
  void theSampleIsFromAllOverAndKnowsItsPlaces() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; text.size() < 18_000_000; i++) {
      text.writeBytes((i + " words\n").getBytes(StandardCharsets.US_ASCII));
    }
    byte[] bytes = text.toByteArray();
    TextSample sample =
        TextSample.of(
            (offset, count) ->
                Arrays.copyOfRange(
                    bytes, (int) offset, (int) Math.min(bytes.length, offset + count)),
            bytes.length);
    assertThat(sample.bytes().length).isBetween(1_900_000, 2_100_000);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 10_000; i++) {
      int at = random.nextInt(sample.bytes().length);
      assertThat(sample.bytes()[at]).isEqualTo(bytes[(int) sample.offset(at)]);
    }
    assertThat(sample.offset(sample.bytes().length - 1)).isGreaterThan(16_000_000);
  }
}
