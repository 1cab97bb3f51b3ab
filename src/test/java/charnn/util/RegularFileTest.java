package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
  @TempDir private Path folder;

  @Test
  void aNewAndAnOldFileAreOpened() throws IOException {
    Path file = folder.resolve("file");
    RegularFile.open(file).close();
    Files.writeString(file, "old");
    try (FileChannel channel = RegularFile.open(file)) {
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void aFolderIsRefused() {
    assertRefused(folder, "it is a folder, and only a regular file is written to; move it away");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void aLinkIsRefusedAndWhatItNamesStays() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "precious");
    Path link = Files.createSymbolicLink(folder.resolve("link"), other);
    assertRefused(link, "it is a symbolic link");
    assertThat(other).hasContent("precious");
    Path dangling = folder.resolve("dangling");
    Files.createSymbolicLink(dangling, folder.resolve("absent"));
    assertRefused(dangling, "it is a symbolic link");
    assertThat(folder.resolve("absent")).doesNotExist();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no device files")
  void aDeviceIsRefused() {
    assertRefused(Path.of("/dev/null"), "it is a named pipe or a device");
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> RegularFile.open(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ": " + why);
  }
}
