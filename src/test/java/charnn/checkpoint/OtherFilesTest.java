package charnn.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is no model is called what it is. */
class OtherFilesTest {
  @TempDir private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(file + why);
  }

  @Test
  void aText() throws IOException {
    String why = " is a text, no model; plan, train and eval take it as corpus";
    assertRefused(file("Once upon a time\r\n\tthere was a café.\n".getBytes(UTF_8)), why);
    assertRefused(file("\ufeffOnce upon a time".getBytes(UTF_16LE)), why);
    assertRefused(file("x".getBytes(UTF_8)), why);
  }

  @Test
  void anEmptyFile() throws IOException {
    assertRefused(file(new byte[0]), " is empty, no model");
  }

  @Test
  void aModelPackedWithGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(1);
    }
    assertRefused(
        file(bytes.toByteArray()),
        " is not a readable model file: it is packed with gzip; unpack it first");
  }

  @Test
  void aZipThatIsCutOff() throws IOException {
    assertRefused(
        file("PK\u0003\u0004 and more".getBytes(UTF_8)),
        " is not a readable model file: it is cut off or damaged");
  }

  /** Its last record names a comment of a byte that is not there. */
  @Test
  void aZipWhoseCommentIsCutOff() throws IOException {
    Path file = zip("charnn.json", "{}");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 2] = 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(file + " is not a readable model file: it is cut off or damaged");
  }

  @Test
  void aZipOfOtherThings() throws IOException {
    assertRefused(zip("book.txt", "Once"), " is not a charnn model");
  }

  @Test
  void anyOtherKind() throws IOException {
    assertRefused(
        file(new byte[] {0x7F, 1, 2, 3, 0, 1}),
        " is not a readable model file: it is of another kind");
  }

  @Test
  void aKindThatIsKnownIsNamed() throws IOException {
    assertRefused(
        file(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0}),
        " is not a model file: it is a picture (PNG)");
    assertRefused(
        file(new byte[] {'M', 'Z', 0, 1}), " is not a model file: it is a program for Windows");
  }

  @Test
  void aModelOfANewerCharnnWhoseEntriesAreNotKnownYet() throws IOException {
    assertRefused(
        zip("charnn.json", "{\"format\": 99}", "tokenizer.bin", "new"),
        " was made by a newer charnn (format 99, this one reads 5); update charnn");
    assertRefused(
        zip("charnn.json", "no JSON at all", "tokenizer.bin", "new"), " is not a charnn model");
  }

  @Test
  void aFolderAndADevice() {
    assertThatThrownBy(() -> ModelFile.read(folder))
        .hasMessage("cannot read a model: " + folder + " is a folder");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void aLinkToNothing() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("model.zip"), Path.of("nowhere.zip"));
    assertThatThrownBy(() -> ModelFile.read(link))
        .hasMessage(
            "cannot read a model: " + link + " is a link to nowhere.zip, which does not exist");
  }

  private Path zip(String... namesAndContents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(UTF_8));
      }
    }
    return file(bytes.toByteArray());
  }
}
