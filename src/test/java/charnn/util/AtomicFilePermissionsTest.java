package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are others there")
class AtomicFilePermissionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-r--", "r--r--r--", "rwxr-x---"})
  void aFileThatIsReplacedKeepsItsPermissions(String permissions, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    AtomicFile.write(file, out -> out.write('n'));
    assertThat(Files.readString(file)).isEqualTo("n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-rw-rw-"})
  void aNewFileHasThePermissionsThatAreGiven(String permissions, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("file");
    AtomicFile.write(file, PosixFilePermissions.fromString(permissions), out -> out.write('n'));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
  }

  @Test
  void aNewFileHasThePermissionsThatTheSystemGives(@TempDir Path folder) throws IOException {
    Path usual = Files.createFile(folder.resolve("usual"));
    Path file = folder.resolve("file");
    AtomicFile.write(file, out -> out.write('n'));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
  }
}
