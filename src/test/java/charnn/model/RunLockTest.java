package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir private Path folder;

  @Test
  void aRunIsHeldByOneAndFreedAtTheEnd() throws IOException {
    RunDirectory run = new RunDirectory(folder);
    try (RunLock lock = RunLock.take(run)) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> RunLock.take(run))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is being trained by process " + ProcessHandle.current().pid());
    }
    RunLock.take(run).close();
  }

  @Test
  void whatADeadProcessLeftIsTakenOver() throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Files.writeString(run.lock(), "999999999 and more");
    RunLock.take(run).close();
    assertThat(run.lock()).hasContent(String.valueOf(ProcessHandle.current().pid()));
  }
}
