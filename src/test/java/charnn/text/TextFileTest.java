package charnn.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final String FRENCH =
      """
      Un vieux château s'élevait près de la forêt. L'été, les paysans y apportaient du blé, des pêches et du \
      miel; l'hiver, personne n'osait en approcher, car on disait qu'une fée très âgée y gardait la clé du \
      trésor. « À quoi bon être riche, répétait le meunier, si l'on ne peut dormir ? » Pourtant son fils \
      aîné, garçon hardi et curieux, résolut d'aller voir lui-même ce qui s'y passait à la tombée de la nuit.
      """;

  @TempDir private Path folder;

  @Test
  void readsUtf8WithoutANote() throws IOException {
    byte[] bytes = "Grüße, 日本 😀\n".getBytes(UTF_8);
    TextFile read = TextFile.read(write(bytes), null);
    assertThat(read.text()).isEqualTo("Grüße, 日本 😀\n");
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.note()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aByteOrderMarkDecidesTheEncodingAndIsNoPartOfTheText(String charset) throws IOException {
    Path file = write("\uFEFFGrüße 😀\n".getBytes(Charset.forName(charset)));
    TextFile read = TextFile.read(file, null);
    assertThat(read.text()).isEqualTo("Grüße 😀\n");
    assertThat(read.note()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void theMarkOfTheGivenEncodingIsNoPartOfTheText(String charset) throws IOException {
    Path file = write("\uFEFFGrüße 😀\n".getBytes(Charset.forName(charset)));
    assertThat(TextFile.read(file, Charset.forName(charset)).text()).isEqualTo("Grüße 😀\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void theGivenEncodingUtf16ObeysTheMark(String charset) throws IOException {
    Path file = write("\uFEFFGrüße\n".getBytes(Charset.forName(charset)));
    assertThat(TextFile.read(file, UTF_16).text()).isEqualTo("Grüße\n");
  }

  @Test
  void theGivenEncodingUtf8RefusesTheMarkOfUtf16() throws IOException {
    Path file = write("\uFEFFGo\n".getBytes(UTF_16LE));
    assertThatThrownBy(() -> TextFile.read(file, UTF_8))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("byte 0xFF at offset 0 of " + file + " is not valid UTF-8");
  }

  @Test
  void aMarkDoesNotHinderAnEncodingThatJavaCanOnlyRead() throws IOException {
    assumeThat(Charset.isSupported("ISO-2022-CN")).isTrue();
    Path file = write("\uFEFFab\n".getBytes(UTF_8));
    assertThat(TextFile.read(file, Charset.forName("ISO-2022-CN")).text()).endsWith("ab\n");
  }

  @Test
  void anInvalidByteIsNamedWithItsOffset() throws IOException {
    Path file = write(join("abc".getBytes(UTF_8), new byte[] {(byte) 0xFF}, "d".getBytes(UTF_8)));
    assertThatThrownBy(() -> TextFile.read(file, UTF_8))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "byte 0xFF at offset 3 of " + file + " is not valid UTF-8; is it in another encoding?");
  }

  @Test
  void theOffsetOfAnInvalidByteCountsBytesNotCharacters() throws IOException {
    byte[] before = ("é".repeat(10_000) + "日😀").getBytes(UTF_8);
    Path file = write(join(before, new byte[] {(byte) 0xE2, (byte) 0x82}));
    assertThatThrownBy(() -> TextFile.read(file, UTF_8))
        .hasMessageStartingWith("byte 0xE2 at offset 20007 of " + file + " is not valid UTF-8");
  }

  @Test
  void theOffsetOfAnInvalidByteCountsTheByteOrderMark() throws IOException {
    Path file = write(join("\uFEFFab".getBytes(UTF_8), new byte[] {(byte) 0xC0, 'c'}));
    assertThatThrownBy(() -> TextFile.read(file, null))
        .hasMessageStartingWith("byte 0xC0 at offset 5 of " + file + " is not valid UTF-8");
  }

  @Test
  void halfACharacterAtTheEndOfUtf16IsRefused() throws IOException {
    Path file = write(join("\uFEFFab".getBytes(UTF_16LE), new byte[] {'c'}));
    assertThatThrownBy(() -> TextFile.read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("byte 0x63 at offset 6 of " + file + " is not valid UTF-16LE");
  }

  @Test
  void detectsIso88591() throws IOException {
    Path file = write(FRENCH.getBytes(ISO_8859_1));
    TextFile read = TextFile.read(file, null);
    assertThat(read.text()).isEqualTo(FRENCH);
    assertThat(read.note())
        .hasValue(
            "byte 0xE2 at offset 11 of "
                + file
                + " is not valid UTF-8; read as ISO-8859-1, as detected (another: --encoding NAME)");
  }

  @Test
  void detectsWindows1252() throws IOException {
    String typographic = FRENCH.replace('\'', '’').replace("; ", "… ");
    Path file = write(typographic.getBytes(WINDOWS_1252));
    TextFile read = TextFile.read(file, null);
    assertThat(read.text()).isEqualTo(typographic);
    assertThat(read.note().orElseThrow()).contains("read as windows-1252, as detected");
  }

  @Test
  void detectsTheEncodingWhereTheAccentsBeginFarBehindTheStart() throws IOException {
    String text = "Once upon a time there was a mill.\n".repeat(5000) + FRENCH;
    TextFile read = TextFile.read(write(text.getBytes(ISO_8859_1)), null);
    assertThat(read.text()).isEqualTo(text);
  }

  @Test
  void theGivenEncodingIsNotQuestioned() throws IOException {
    Path file = write("Grüße".getBytes(UTF_8));
    TextFile read = TextFile.read(file, ISO_8859_1);
    assertThat(read.text()).isEqualTo("GrÃ¼Ã\u009Fe");
    assertThat(read.note()).isEmpty();
  }

  @Test
  void aByteThatTheGivenEncodingDoesNotHaveIsRefused() throws IOException {
    Path file = write(new byte[] {'a', 'b', (byte) 0x81});
    assertThatThrownBy(() -> TextFile.read(file, WINDOWS_1252))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("byte 0x81 at offset 2 of " + file + " is not valid windows-1252");
  }

  @Test
  void damagedUtf8IsRefusedNotDetected() throws IOException {
    byte[] bytes = (FRENCH + FRENCH).getBytes(UTF_8);
    int damaged = FRENCH.getBytes(UTF_8).length;
    bytes[damaged] = (byte) 0xFF;
    Path file = write(bytes);
    assertThatThrownBy(() -> TextFile.read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "byte 0xFF at offset "
                + damaged
                + " of "
                + file
                + " is not valid UTF-8, though what comes before it is: the file is damaged; repair it there");
  }

  @Test
  void utf8CutOffWithinACharacterIsRefused() throws IOException {
    Path file = write(join("Grüße, ".getBytes(UTF_8), new byte[] {(byte) 0xC3}));
    assertThatThrownBy(() -> TextFile.read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("byte 0xC3 at offset 9 of " + file + " is not valid UTF-8");
  }

  @Test
  void windowsAndOldMacLineEndsBecomeNewlines() throws IOException {
    Path file = write("a\r\nb\rc\n\r\n\r\rd\r".getBytes(UTF_8));
    assertThat(TextFile.read(file, null).text()).isEqualTo("a\nb\nc\n\n\n\nd\n");
  }

  @Test
  void lineEndsBecomeNewlinesInUtf16Too() throws IOException {
    Path file = write("\uFEFFa\r\nb".getBytes(UTF_16LE));
    assertThat(TextFile.read(file, null).text()).isEqualTo("a\nb");
  }

  @Test
  void aZeroByteMakesAFileBinary() throws IOException {
    Path file = write(new byte[] {'a', 'b', 0, 'c'});
    assertThatThrownBy(() -> TextFile.read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(
            file + " looks like a binary file (a zero byte at offset 2); charnn reads plain text.");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path file = write(new byte[0]);
    assertThatThrownBy(() -> TextFile.read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessage(file + " is empty; charnn needs a plain-text file with some pages of text");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("absent.txt");
    assertThatThrownBy(() -> TextFile.read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessage("cannot find " + file + "; check the path");
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> TextFile.read(folder, null))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            folder + " is a folder; name the text files in it, for instance " + folder + "/*.txt");
  }

  @Test
  void aFolderThatMayNotBeReadIsToldFromOneThatIsNoFile() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assumeThat(Files.getFileStore(locked).supportsFileAttributeView("posix")).isTrue();
    Files.setPosixFilePermissions(locked, Set.of());
    try {
      assumeThat(Files.isReadable(locked)).as("running as root").isFalse();
      assertThatThrownBy(() -> TextFile.read(locked, null))
          .isInstanceOf(CorpusException.class)
          .hasMessageStartingWith("no permission to read " + locked);
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void decodesUtf8FromElsewhereWithOrWithoutAMark() throws IOException {
    assertThat(TextFile.decodeUtf8("standard input", "é\r\n".getBytes(UTF_8))).isEqualTo("é\n");
    assertThat(TextFile.decodeUtf8("standard input", "\uFEFFé".getBytes(UTF_8))).isEqualTo("é");
    assertThat(TextFile.decodeUtf8("standard input", new byte[0])).isEmpty();
  }

  @Test
  void namesTheSourceOfBytesThatAreNotUtf8() {
    assertThatThrownBy(() -> TextFile.decodeUtf8("standard input", "é".getBytes(ISO_8859_1)))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith("byte 0xE9 at offset 0 of standard input is not valid UTF-8");
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("book.txt"), bytes);
  }

  private static byte[] join(byte[]... parts) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.write(part);
    }
    return joined.toByteArray();
  }
}
