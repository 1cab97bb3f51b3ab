package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PathStateTest {
  @TempDir private Path folder;

  @Test
  void tellsWhatIsThere() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(PathState.describe(folder)).isEqualTo(folder + " is a folder");
    assertThat(PathState.describe(file)).isEqualTo(file + " is a file");
    assertThat(PathState.isTaken(file)).isTrue();
    Path absent = folder.resolve("absent");
    assertThat(PathState.describe(absent)).isEqualTo(absent + " does not exist");
    assertThat(PathState.isTaken(absent)).isFalse();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void tellsOfLinksAndDevices() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    assertThat(PathState.describe(link))
        .isEqualTo(link + " is a link to nowhere, which does not exist");
    assertThat(PathState.isTaken(link)).isTrue();
    assertThat(PathState.describe(Path.of("/dev/null")))
        .isEqualTo("/dev/null is a named pipe or a device");
    Path within = Files.createFile(folder.resolve("file")).resolve("within");
    assertThat(PathState.describe(within))
        .isEqualTo(within + " cannot be looked at: Not a directory");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
  void tellsWhatMayNotBeRead() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path file = Files.createFile(closed.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("permissions bind this user").isFalse();
    assertThat(PathState.describe(file)).isEqualTo("there is no permission to read " + file);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assertThat(PathState.describe(closed))
          .isEqualTo("there is no permission to look into the folder " + closed);
      assertThat(PathState.describe(file)).isEqualTo("there is no permission to look at " + file);
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
