package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void linesAreAddedBehindThoseOfBefore() throws IOException {
    Path file = Files.writeString(folder.resolve("train.log"), "before\n");
    LogFile log = new LogFile(file, warnings::add);
    log.append("é 1");
    log.append("2");
    assertThat(file).hasContent("before\né 1\n2\n");
  }

  @Test
  void aFolderThatVanishedAndIsMadeAgainHasALogAgain() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    LogFile log = new LogFile(run.resolve("train.log"), warnings::add);
    log.append("1");
    Files.delete(run.resolve("train.log"));
    Files.delete(run);
    log.append("2");
    log.append("3");
    assertThat(warnings).singleElement().asString().contains("train.log", "tries again");
    Files.createDirectory(run);
    log.append("4");
    assertThat(run.resolve("train.log")).hasContent("2\n3\n4\n");
  }
}
