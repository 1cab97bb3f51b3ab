package charnn.util;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final byte[] OLD = "old content".getBytes(UTF_8);
  private static final byte[] NEW = "new".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void writesANewFile() throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, out -> out.write(NEW));
    assertThat(Files.readAllBytes(file)).isEqualTo(NEW);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void replacesAllOfTheOldContent() throws IOException {
    Path file = Files.write(folder.resolve("file"), OLD);
    AtomicFile.write(file, out -> out.write(NEW));
    assertThat(Files.readAllBytes(file)).isEqualTo(NEW);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void writesAnEmptyFile() throws IOException {
    Path file = Files.write(folder.resolve("file"), OLD);
    AtomicFile.write(file, out -> {});
    assertThat(file).isEmptyFile();
  }

  @Test
  void writesMoreThanItsBufferHolds() throws IOException {
    byte[] content = new byte[300_001];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31);
    }
    Path file = folder.resolve("file");
    AtomicFile.write(
        file,
        out -> {
          out.write(content, 0, 7);
          out.write(content, 7, content.length - 7);
        });
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }

  @Test
  void theOldContentStandsWhileTheNewIsWritten() throws IOException {
    Path file = Files.write(folder.resolve("file"), OLD);
    AtomicFile.write(
        file,
        out -> {
          out.write(NEW);
          out.flush();
          assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
        });
    assertThat(Files.readAllBytes(file)).isEqualTo(NEW);
  }

  @Test
  void theOldContentSurvivesAWriterThatFails() throws IOException {
    Path file = Files.write(folder.resolve("file"), OLD);
    IOException full = new IOException("No space left on device");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(NEW);
                      out.flush();
                      throw full;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": No space left on device");
    assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
    assertThat(names()).containsExactly("file");
  }

  @Test
  void aWriterThatFailsUncheckedLeavesNothingBehind() {
    Path file = folder.resolve("file");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileOfAnotherWithTheNameBesideStays() throws IOException {
    Files.write(folder.resolve("file.tmp"), OLD);
    Files.createDirectory(folder.resolve("file.2.tmp"));
    AtomicFile.write(folder.resolve("file"), out -> out.write(NEW));
    assertThat(folder.resolve("file")).hasBinaryContent(NEW);
    assertThat(folder.resolve("file.tmp")).hasBinaryContent(OLD);
    assertThat(names()).containsExactly("file", "file.2.tmp", "file.tmp");
  }

  @Test
  void aWriterThatFailsRemovesNoFileOfAnother() throws IOException {
    Files.write(folder.resolve("file.tmp"), OLD);
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    folder.resolve("file"),
                    out -> {
                      throw new OutOfMemoryError("of the test");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(folder.resolve("file.tmp")).hasBinaryContent(OLD);
    assertThat(names()).containsExactly("file.tmp");
  }

  @Test
  void whatAnEarlierCrashLeftInAFolderOfOnesOwnIsOverwritten() throws IOException {
    Files.write(folder.resolve("file.tmp"), OLD);
    AtomicFile.writeOwned(folder.resolve("file"), out -> out.write(NEW));
    assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(NEW);
    assertThat(names()).containsExactly("file");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void aLinkBesideIsNotWrittenThrough() throws IOException {
    Path other = Files.write(folder.resolve("other"), OLD);
    Path link = Files.createSymbolicLink(folder.resolve("file.tmp"), other);
    AtomicFile.write(folder.resolve("file"), out -> out.write(NEW));
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllBytes(other)).isEqualTo(OLD);
    assertThat(folder.resolve("file")).isRegularFile().hasBinaryContent(NEW);
    AtomicFile.writeOwned(folder.resolve("file"), out -> out.write(OLD));
    assertThat(Files.readAllBytes(other)).isEqualTo(OLD);
    assertThat(names()).containsExactly("file", "other");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void aLinkIsReplacedAndWhatItNamesStays() throws IOException {
    Path other = Files.write(folder.resolve("other"), OLD);
    Files.createSymbolicLink(folder.resolve("file"), other);
    AtomicFile.write(folder.resolve("file"), out -> out.write(NEW));
    assertThat(Files.readAllBytes(other)).isEqualTo(OLD);
    assertThat(Files.isSymbolicLink(folder.resolve("file"))).isFalse();
  }

  @Test
  void anErrorWithoutAMessageNamesItsKind() {
    Path file = folder.resolve("file");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new EOFException();
                    }))
        .hasMessage(file + ": EOFException");
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThatThrownBy(
            () -> AtomicFile.write(folder.resolve("absent").resolve("file"), out -> out.write(NEW)))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileIsNotPutInAFoldersPlace() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("file"));
    Files.write(taken.resolve("inside"), OLD);
    assertThatThrownBy(() -> AtomicFile.write(taken, out -> out.write(NEW)))
        .isInstanceOf(IOException.class);
    assertThat(names()).containsExactly("file");
    assertThat(Files.readAllBytes(taken.resolve("inside"))).isEqualTo(OLD);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
