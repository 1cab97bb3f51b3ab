package charnn.util;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Opens a file that is written in place only if it is a regular one: writing through a link would
 * change another file, and opening a named pipe would wait for a reader.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * Opens a file for writing, made if it is not there.
   *
   * @throws FileSystemException if its name stands for anything else
   */
  public static FileChannel open(Path file) throws IOException {
    require(file);
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Checks that a name is free or a regular file's.
   *
   * @throws FileSystemException if it stands for anything else
   */
  public static void require(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(),
          null,
          "it is "
              + (attributes.isSymbolicLink()
                  ? "a symbolic link"
                  : attributes.isDirectory() ? "a folder" : "a named pipe or a device")
              + ", and only a regular file is written to; move it away");
    }
  }
}
