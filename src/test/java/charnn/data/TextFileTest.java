package charnn.data;

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
    TextFile read = read(write(bytes), null);
    assertThat(read.text()).isEqualTo("Grüße, 日本 😀\n");
    assertThat(read.bytes()).isEqualTo(bytes);
    assertThat(read.notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aByteOrderMarkDecidesTheEncodingAndIsNoPartOfTheText(String charset) throws IOException {
    Path file = write("\uFEFFGrüße 😀\n".getBytes(Charset.forName(charset)));
    TextFile read = read(file, null);
    assertThat(read.text()).isEqualTo("Grüße 😀\n");
    assertThat(read.notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void theMarkOfTheGivenEncodingIsNoPartOfTheText(String charset) throws IOException {
    Path file = write("\uFEFFGrüße 😀\n".getBytes(Charset.forName(charset)));
    assertThat(read(file, Charset.forName(charset)).text()).isEqualTo("Grüße 😀\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void theGivenEncodingUtf16ObeysTheMark(String charset) throws IOException {
    Path file = write("\uFEFFGrüße\n".getBytes(Charset.forName(charset)));
    assertThat(read(file, UTF_16).text()).isEqualTo("Grüße\n");
  }

  @Test
  void theMarkWinsOverTheGivenEncoding() throws IOException {
    Path file = write("\uFEFFGo\n".getBytes(UTF_16LE));
    TextFile read = read(file, UTF_8);
    assertThat(read.text()).isEqualTo("Go\n");
    assertThat(read.notes())
        .map(Object::toString)
        .containsExactly(
            file + " has the byte-order mark of UTF-16LE, and is read so, not as UTF-8 (encoding)");
  }

  @Test
  void anInvalidByteIsNamedWithItsOffset() throws IOException {
    Path file =
        write(join("abcéèü".getBytes(UTF_8), new byte[] {(byte) 0xFF}, "d".getBytes(UTF_8)));
    assertThatThrownBy(() -> read(file, UTF_8))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            file
                + " has 1 byte that is not valid UTF-8, the first 0xFF at offset 9; repair it there,"
                + " or continue with bad bytes replace or bad bytes skip");
  }

  @Test
  void theOffsetOfAnInvalidByteCountsBytesNotCharacters() throws IOException {
    byte[] before = ("é".repeat(10_000) + "日😀").getBytes(UTF_8);
    Path file = write(join(before, new byte[] {(byte) 0xE2, (byte) 0x82}));
    assertThatThrownBy(() -> read(file, UTF_8))
        .hasMessageContaining("not valid UTF-8, the first 0xE2 at offset 20007");
  }

  @Test
  void theOffsetOfAnInvalidByteCountsTheByteOrderMark() throws IOException {
    Path file = write(join("\uFEFFab".getBytes(UTF_8), new byte[] {(byte) 0xC0, 'c'}));
    assertThatThrownBy(() -> read(file, null))
        .hasMessageContaining("not valid UTF-8, the first 0xC0 at offset 5");
  }

  @Test
  void halfACharacterAtTheEndOfUtf16IsRefused() throws IOException {
    Path file = write(join("\uFEFFab".getBytes(UTF_16LE), new byte[] {'c'}));
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("not valid UTF-16LE, the first 0x63 at offset 6");
  }

  @Test
  void ofIso88591AndItsSupersetTheSupersetIsTaken() throws IOException {
    Path file = write(FRENCH.getBytes(ISO_8859_1));
    TextFile read = read(file, null);
    assertThat(read.text()).isEqualTo(FRENCH);
    assertThat(read.notes())
        .map(Object::toString)
        .containsExactly(
            "byte 0xE2 at offset 11 of "
                + file
                + " is not valid UTF-8; read as windows-1252, as detected (confidence 99 %): \"château\", \"s'élevait\""
                + " (another: encoding NAME)");
  }

  @Test
  void detectsWindows1252() throws IOException {
    String typographic = FRENCH.replace('\'', '’').replace("; ", "… ");
    Path file = write(typographic.getBytes(WINDOWS_1252));
    TextFile read = read(file, null);
    assertThat(read.text()).isEqualTo(typographic);
    assertThat(read.notes().toString()).contains("read as windows-1252, as detected");
  }

  @Test
  void detectsTheEncodingWhereTheAccentsBeginFarBehindTheStart() throws IOException {
    String text = "Once upon a time there was a mill.\n".repeat(5000) + FRENCH;
    TextFile read = read(write(text.getBytes(ISO_8859_1)), null);
    assertThat(read.text()).isEqualTo(text);
  }

  @Test
  void validUtf8WinsOverTheGivenEncoding() throws IOException {
    Path file = write("Grüße".getBytes(UTF_8));
    TextFile read = read(file, ISO_8859_1);
    assertThat(read.text()).isEqualTo("Grüße");
    assertThat(read.notes())
        .map(Object::toString)
        .containsExactly(file + " is UTF-8, and is read so, not as ISO-8859-1 (encoding)");
  }

  @Test
  void theGivenEncodingIsNotQuestionedOtherwise() throws IOException {
    Path file = write("Grüße".getBytes(ISO_8859_1));
    TextFile read = read(file, Charset.forName("windows-1251"));
    assertThat(read.text()).isEqualTo("GrьЯe");
    assertThat(read.notes()).isEmpty();
  }

  @Test
  void aByteThatTheGivenEncodingDoesNotHaveIsRefused() throws IOException {
    Path file = write(new byte[] {'a', 'b', (byte) 0x81});
    assertThatThrownBy(() -> read(file, WINDOWS_1252))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("not valid windows-1252, the first 0x81 at offset 2");
  }

  @Test
  void damagedUtf8IsRefusedNotDetected() throws IOException {
    byte[] bytes = (FRENCH + FRENCH).getBytes(UTF_8);
    int damaged = FRENCH.getBytes(UTF_8).length;
    bytes[damaged] = (byte) 0xFF;
    Path file = write(bytes);
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(
            file + " has 1 byte that is not valid UTF-8, the first 0xFF at offset " + damaged);
  }

  @Test
  void utf8CutOffWithinACharacterIsRefused() throws IOException {
    Path file = write(join("Grüße, ".getBytes(UTF_8), new byte[] {(byte) 0xC3}));
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("not valid UTF-8, the first 0xC3 at offset 9");
  }

  @Test
  void windowsAndOldMacLineEndsBecomeNewlines() throws IOException {
    Path file = write("a\r\nb\rc\n\r\n\r\rd\r".getBytes(UTF_8));
    assertThat(read(file, null).text()).isEqualTo("a\nb\nc\n\n\n\nd\n");
  }

  @Test
  void lineEndsBecomeNewlinesInUtf16Too() throws IOException {
    Path file = write("\uFEFFa\r\nb".getBytes(UTF_16LE));
    assertThat(read(file, null).text()).isEqualTo("a\nb");
  }

  @Test
  void aNulIsCalledThat() throws IOException {
    Path file = write(new byte[] {'a', 'b', 0, 'c'});
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(file + " has a NUL (zero byte), the first at offset 2; repair it");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("absent.txt");
    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(CorpusException.class)
        .hasMessage("cannot find " + file + "; check the path");
  }

  @Test
  void aLinkToNothingIsToldAsOne() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("book.txt"), Path.of("absent.txt"));
    assertThatThrownBy(() -> read(link, null))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "cannot read a text: " + link + " is a link to absent.txt, which does not exist");
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> read(folder, null))
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
      assertThatThrownBy(() -> read(locked, null))
          .isInstanceOf(CorpusException.class)
          .hasMessageStartingWith("no permission to read " + locked);
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void decodesWhatComesFromElsewhereInTheSameWay() throws IOException {
    DecodingSettings reading = new DecodingSettings(null, false);
    assertThat(TextFile.decode("input", "é\r\n".getBytes(UTF_8), reading).text()).isEqualTo("é\n");
    assertThat(TextFile.decode("input", "\uFEFFé".getBytes(UTF_8), reading).text()).isEqualTo("é");
    assertThat(TextFile.decode("input", new byte[0], reading).text()).isEmpty();
    assertThat(TextFile.decode("input", FRENCH.getBytes(ISO_8859_1), reading).text())
        .isEqualTo(FRENCH);
  }

  private static TextFile read(Path file, Charset encoding) throws IOException {
    return TextFile.read(
        file, new DecodingSettings(encoding == null ? null : encoding.name(), false));
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
