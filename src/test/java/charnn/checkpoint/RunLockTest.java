package charnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  /** Closing any channel of a locked file frees the lock on POSIX systems. */
  @Test
  void aSecondTryInTheSameProcessDoesNotFreeTheFirst() throws Exception {
    RunDirectory run = new RunDirectory(folder);
    try (RunLock lock = RunLock.take(run)) {
      assertThat(lock).isNotNull();
      assertThat(otherProcessTakes(run)).isFalse();
      assertThatThrownBy(() -> RunLock.take(run)).isInstanceOf(IOException.class);
      assertThat(otherProcessTakes(run)).isFalse();
    }
    assertThat(otherProcessTakes(run)).isTrue();
  }

  private static boolean otherProcessTakes(RunDirectory run) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                run.path().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean taken = process.waitFor() == 0;
    assertThat(taken || output.contains("is being trained by process")).as(output).isTrue();
    return taken;
  }

  /** Takes a run's lock and frees it again. */
  static final class OtherProcess {
    public static void main(String[] args) throws IOException {
      RunLock.take(new RunDirectory(Path.of(args[0]))).close();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void aLinkInTheLocksPlaceIsRefusedAndWhatItNamesStays() throws IOException {
    RunDirectory run = new RunDirectory(folder);
    Path other = Files.writeString(folder.resolve("other"), "precious");
    Files.createSymbolicLink(run.lock(), other);
    assertThatThrownBy(() -> RunLock.take(run)).hasMessageContaining("symbolic link");
    assertThat(other).hasContent("precious");
    Files.delete(run.lock());
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
