package charnn.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {
  private static final String ENGLISH = "Once upon a time there was a quiet mill by a river. ";
  private static final String GERMAN = "Die Hexe aß süße Äpfel und grüßte den König.\n";
  private static final String CZECH = LanguageSamples.ALL.get("Czech").text();
  private static final String TALE = LanguageSamples.ALL.get("Chinese (simplified)").text();

  @ParameterizedTest
  @CsvSource({
    "English, windows-1252",
    "Czech, windows-1250",
    "Russian, KOI8-R",
    "Russian, windows-1251",
    "Greek, windows-1253",
    "Turkish, windows-1254",
    "Japanese, windows-31j",
    "Chinese (traditional), Big5"
  })
  void whatStandsFarBehindAsciiIsDecodedToo(String language, String encoding) throws IOException {
    String text = ENGLISH.repeat(2_000) + LanguageSamples.ALL.get(language).text();
    assertThat(decode(text.getBytes(Charset.forName(encoding))).text()).isEqualTo(text);
  }

  @Test
  void quotesOfWindowsBehindAsciiAreNoControlCharacters() throws IOException {
    byte[] quotes = "\u0093It\u0092s dark\u0094\n".repeat(9).getBytes(ISO_8859_1);
    Decoder.Decoded decoded = decode(join("a quiet day. ".repeat(700).getBytes(UTF_8), quotes));
    assertThat(decoded.text()).endsWith("“It’s dark”\n");
    assertThat(decoded.notes().toString())
        .contains("read as windows-1252, as detected (confidence 99 %): \"“It’s\", \"dark”\"");
  }

  @Test
  void aDetectedEncodingMayHaveBadBytes() throws IOException {
    byte[] text =
        "“Süße Äpfel”, sagte die Königin zu ihrer Tochter.\n".repeat(9).getBytes("windows-1252");
    byte[] bytes = join(text, new byte[] {(byte) 0x81}, text, new byte[] {0}, text);
    assertThatThrownBy(() -> decode(bytes))
        .hasMessageStartingWith(
            "book.txt has 1 byte that is not valid windows-1252, the first 0x81 at offset 450, and a NUL");
    assertThat(decode(bytes, null, BadBytes.SKIP).text())
        .isEqualTo("“Süße Äpfel”, sagte die Königin zu ihrer Tochter.\n".repeat(27));
  }

  @Test
  void aFewBadBytesDoNotMakeABookAnotherEncoding() throws IOException {
    byte[] bytes = join("© 2003 Günter\n".getBytes(ISO_8859_1), GERMAN.repeat(400).getBytes(UTF_8));
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "book.txt has 2 bytes that are not valid UTF-8, the first 0xA9 at offset 0; repair it"
                + " there, or continue with bad bytes replace or bad bytes skip");
    assertThat(decode(bytes, null, BadBytes.REPLACE).text())
        .startsWith("\uFFFD 2003 G\uFFFDnter\n");
    Decoder.Decoded skipped = decode(bytes, null, BadBytes.SKIP);
    assertThat(skipped.text()).isEqualTo(" 2003 Gnter\n" + GERMAN.repeat(400));
    assertThat(skipped.notes())
        .map(Object::toString)
        .containsExactly(
            "book.txt has 2 bytes that are not valid UTF-8, the first 0xA9 at offset 0: left out");
  }

  @Test
  void halfASurrogatePairIsNoCharacterInUtf32() throws IOException {
    for (String name : new String[] {"UTF-32LE", "UTF-32BE"}) {
      Charset charset = Charset.forName(name);
      byte[] half = new byte[] {0x3D, (byte) 0xD8, 0, 0};
      if (name.endsWith("BE")) {
        half = new byte[] {0, 0, (byte) 0xD8, 0x3D};
      }
      byte[] good = (ENGLISH + "\uD83D\uDE00\n").repeat(9).getBytes(charset);
      byte[] bytes = join("\uFEFF".getBytes(charset), good, half, good);
      assertThatThrownBy(() -> decode(bytes))
          .hasMessageContaining("4 bytes that are not valid " + name);
      assertThat(decode(bytes, null, BadBytes.SKIP).text())
          .isEqualTo((ENGLISH + "\uD83D\uDE00\n").repeat(18));
    }
  }

  @Test
  void oneGoodAndOneBadCharacterAreUtf8WithABadByte() throws IOException {
    byte[] bytes =
        join(
            "é".getBytes(UTF_8),
            ENGLISH.repeat(100).getBytes(UTF_8),
            new byte[] {(byte) 0xE9},
            ENGLISH.repeat(500).getBytes(UTF_8));
    assertThatThrownBy(() -> decode(bytes))
        .hasMessageContaining("1 byte that is not valid UTF-8, the first 0xE9 at offset 5202");
    assertThat(decode(bytes, null, BadBytes.SKIP).text())
        .isEqualTo("é" + ENGLISH.repeat(100) + ENGLISH.repeat(500));
  }

  @Test
  void eachFileIsItsOwn() throws IOException {
    Charset given = Charset.forName("windows-1250");
    byte[] czech = CZECH.getBytes(UTF_8);
    assertThat(decode(czech, given, BadBytes.FAIL).text()).isEqualTo(CZECH);
    assertThat(decode(czech, given, BadBytes.FAIL).notes())
        .map(Object::toString)
        .containsExactly("book.txt is UTF-8, and is read so, not as windows-1250 (encoding)");
    Decoder.Decoded old = decode(CZECH.getBytes(given), given, BadBytes.FAIL);
    assertThat(old.text()).isEqualTo(CZECH);
    assertThat(old.notes()).isEmpty();
    assertThat(decode(join("\uFEFF".getBytes(UTF_8), czech), given, BadBytes.FAIL).text())
        .isEqualTo(CZECH);
    assertThat(decode(CZECH.getBytes(UTF_16LE), given, BadBytes.FAIL).text()).isEqualTo(CZECH);
    assertThat(decode(ENGLISH.getBytes(UTF_8), UTF_16LE, BadBytes.FAIL).text()).isEqualTo(ENGLISH);
  }

  @Test
  void damagedUtf8WinsOverTheGivenEncodingToo() {
    byte[] bytes = join("© ".getBytes(ISO_8859_1), GERMAN.repeat(40).getBytes(UTF_8));
    assertThatThrownBy(() -> decode(bytes, Charset.forName("windows-1252"), BadBytes.FAIL))
        .hasMessageContaining("1 byte that is not valid UTF-8");
  }

  @Test
  void aGivenEncodingThatGivesControlCharactersIsQuestioned() throws IOException {
    byte[] bytes = "“Süße Äpfel”, sagte die Königin.\n".repeat(9).getBytes("windows-1252");
    assertThat(decode(bytes, ISO_8859_1, BadBytes.FAIL).notes())
        .map(Object::toString)
        .containsExactly(
            "book.txt has 18 control characters when it is read as ISO-8859-1 (encoding);"
                + " as windows-1252 it has none: \"Süße\", \"Äpfel\"");
  }

  @Test
  void aNulIsNoUtf16() throws IOException {
    byte[] bytes = (GERMAN + "\0" + GERMAN.repeat(20)).getBytes(UTF_8);
    assertThatThrownBy(() -> decode(bytes))
        .hasMessageContaining("has a NUL (zero byte), the first at offset 52")
        .hasMessageContaining("bad bytes skip")
        .message()
        .doesNotContain("UTF-16");
    for (BadBytes badBytes : new BadBytes[] {BadBytes.REPLACE, BadBytes.SKIP}) {
      assertThat(decode(bytes, null, badBytes).text()).isEqualTo(GERMAN.repeat(21));
    }
  }

  @Test
  void chineseInUtf16HasNoNuls() throws IOException {
    String text = "从前有个小说家写故事".repeat(800);
    assertThat(decode(text.getBytes(UTF_16BE)).text()).isEqualTo(text);
    assertThat(decode(text.getBytes(UTF_16LE)).text()).isEqualTo(text);
    assertThat(decode(TALE.getBytes(UTF_16BE)).text()).isEqualTo(TALE);
    assertThat(decode(TALE.getBytes(UTF_16BE)).notes().toString()).contains("read as UTF-16BE");
  }

  @Test
  void supersetsArePreferredAndWordsAreShown() throws IOException {
    String japanese = LanguageSamples.ALL.get("Japanese").text() + "①㈱髙";
    Decoder.Decoded decoded = decode(japanese.getBytes("windows-31j"));
    assertThat(decoded.text()).isEqualTo(japanese);
    assertThat(decoded.notes().toString())
        .contains("read as windows-31j, as detected (confidence 99 %): \"むかし\"");
    assertThat(decode(CZECH.getBytes("ISO-8859-2")).notes())
        .map(Object::toString)
        .containsExactly(
            "byte 0xF8 at offset 12 of book.txt is not valid UTF-8; read as ISO-8859-2, as detected"
                + " (confidence 99 %): \"řekami\", \"žil\" (another: encoding NAME)");
  }

  @Test
  void whatIsFoundByItsLooksYieldsToTheGivenEncoding() throws IOException {
    String text = "从前有个小说家写故事".repeat(8);
    byte[] bytes = text.getBytes(UTF_16BE);
    Charset other = Charset.forName("x-windows-949"); // Its bytes are characters there, too.
    bytes = bytes.length > 0 && Trial.of(bytes, 0, other).isClean() ? bytes : "あいう".getBytes("GBK");
    Decoder.Decoded decoded = decode(bytes, other, BadBytes.FAIL);
    assertThat(decoded.text()).isEqualTo(new String(bytes, other));
  }

  @Test
  void certainFilesAreReadAsIsSaidInAnyCase() throws IOException {
    byte[] bytes = GERMAN.getBytes(UTF_8);
    Charset given = Charset.forName("windows-1252");
    assertThat(Decoder.decodeAs("book.txt", bytes, given, BadBytes.FAIL).text())
        .isEqualTo(new String(bytes, given));
    byte[] marked = ("\uFEFF" + GERMAN).getBytes(UTF_16LE);
    assertThat(Decoder.decodeAs("book.txt", marked, UTF_16LE, BadBytes.FAIL).text())
        .isEqualTo(GERMAN);
    assertThatThrownBy(() -> Decoder.decodeAs("book.txt", marked, UTF_8, BadBytes.FAIL))
        .hasMessageContaining("not valid UTF-8, the first 0xFF at offset 0");
  }

  @Test
  void whatIsNotCertainIsRefusedWithEncodingsThatFit() {
    assertThatThrownBy(() -> decode(new byte[] {'x', (byte) 0xA4, 'y'}))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("byte 0xA4 at offset 1 of book.txt is not valid UTF-8")
        .hasMessageContaining("encoding ");
  }

  @Test
  void marksWithinATextAreLeftOut() throws IOException {
    Decoder.Decoded decoded = decode("\uFEFFone\n\uFEFFtwo\n\uFEFFthree\n".getBytes(UTF_8));
    assertThat(decoded.text()).isEqualTo("one\ntwo\nthree\n");
    assertThat(decoded.notes())
        .map(Object::toString)
        .containsExactly("book.txt: 2 byte-order marks (U+FEFF) within the text left out");
  }

  @Test
  void archivesAndDocumentsAreNamed() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(GERMAN.getBytes(UTF_8));
    }
    refuses(gzip.toByteArray(), "book.txt is a gzip archive; unpack it first: gunzip book.txt");
    refuses(zip("book.txt"), "book.txt is a zip archive; unpack it first: unzip book.txt");
    refuses(zip("word/document.xml"), "book.txt is a Word document; save it as plain text first");
    refuses(zip("charnn.json"), "book.txt is a model of charnn, no text");
    refuses("%PDF-1.7\n...".getBytes(UTF_8), "book.txt is a PDF document");
    refuses("{\\rtf1\\ansi Once}".getBytes(UTF_8), "book.txt is an RTF document");
    refuses("\u00FD7zXZ\0\0\u0004".getBytes(ISO_8859_1), "book.txt is an xz archive");
    refuses("\u0089PNG\r\n\u001A\n\0\0\0\r".getBytes(ISO_8859_1), "book.txt is a picture (PNG)");
    refuses("\u007FELF\u0002\u0001\u0001\0".getBytes(ISO_8859_1), "book.txt is a program");
    byte[] tar = new byte[1024];
    System.arraycopy("tale.txt".getBytes(UTF_8), 0, tar, 0, 8);
    System.arraycopy("ustar".getBytes(UTF_8), 0, tar, 257, 5);
    refuses(tar, "book.txt is a tar archive; unpack it first: tar xf book.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Rar! cried the bear.", "GIF8 was a name.", "MZ\n", "RIFF", "ID3 is a tag"})
  void aTextMayBeginLikeAnotherFile(String text) throws IOException {
    assertThat(decode(text.getBytes(UTF_8)).text()).isEqualTo(text);
  }

  /** So many strings as {@code -Dcharnn.strings=1000000} says, else 3,000. */
  @Test
  void everyByteStringIsATextOrIsRefused() {
    IntStream.range(0, Integer.getInteger("charnn.strings", 3_000))
        .parallel()
        .forEach(
            i -> {
              SplittableRandom random = new SplittableRandom(i);
              byte[] bytes = i % 2 == 0 ? anyBytes(random) : damagedText(random);
              BadBytes badBytes = BadBytes.values()[random.nextInt(BadBytes.values().length)];
              Charset asked = random.nextInt(3) == 0 ? Charset.forName("GB18030") : null;
              try {
                String text = decode(bytes, asked, badBytes).text();
                assertThat(text).doesNotContain("\0", "\r", "\uFEFF");
                assertThat(text.length()).isLessThanOrEqualTo(bytes.length);
              } catch (CorpusException e) {
                assertThat(e).hasMessageContaining("book.txt");
              }
            });
  }

  private static byte[] anyBytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(200)];
    int from = random.nextInt(256);
    int range = 1 + random.nextInt(256);
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) (from + random.nextInt(range));
    }
    return bytes;
  }

  /** Returns a text in an encoding of its language with bytes changed, left out or repeated. */
  private static byte[] damagedText(SplittableRandom random) {
    List<LanguageSamples.Sample> samples = List.copyOf(LanguageSamples.ALL.values());
    LanguageSamples.Sample sample = samples.get(random.nextInt(samples.size()));
    List<String> encodings = sample.encodings();
    int which = random.nextInt(encodings.size() + 3);
    Charset charset =
        which < encodings.size()
            ? Charset.forName(encodings.get(which))
            : List.of(UTF_8, UTF_16LE, UTF_16BE).get(which - encodings.size());
    byte[] bytes = sample.text().getBytes(charset);
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(200));
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    for (int at = from; at < to; at++) {
      switch (random.nextInt(60)) {
        case 0 -> damaged.write(random.nextInt(256));
        case 1 -> damaged.write(bytes, at, Math.min(bytes.length - at, 2));
        case 2 -> {} // left out
        default -> damaged.write(bytes[at]);
      }
    }
    return damaged.toByteArray();
  }

  private static void refuses(byte[] bytes, String message) {
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(message);
  }

  private static byte[] zip(String entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(GERMAN.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Decoder.Decoded decode(byte[] bytes) throws CorpusException {
    return decode(bytes, null, BadBytes.FAIL);
  }

  private static Decoder.Decoded decode(byte[] bytes, Charset encoding, BadBytes badBytes)
      throws CorpusException {
    return Decoder.decode("book.txt", bytes, encoding, badBytes);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
