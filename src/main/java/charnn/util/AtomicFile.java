package charnn.util;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that, whatever happens, its name stands either for all of the old content or for
 * all of the new.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes a content to a stream that the caller of it closes. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes beside the file's final name, forces the bytes to disk, and renames over it. What has
   * the name beside is removed, never written through: it may be a link to another file. A file
   * that is replaced keeps its permissions.
   */
  public static void write(Path file, Content content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(beside);
      try (FileChannel channel =
              FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        keepPermissions(file, beside);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (DirectoryNotEmptyException e) {
      throw new FileSystemException(e.getFile(), null, "a folder stands in its place");
    } catch (IOException e) {
      cleanUp(beside, e);
      throw e instanceof FileSystemException
          ? e
          : new FileSystemException(file.toString(), null, Formats.reason(e));
    } catch (RuntimeException e) {
      cleanUp(beside, e);
      throw e;
    }
    forceFolder(file.toAbsolutePath().getParent());
  }

  private static void keepPermissions(Path file, Path beside) throws IOException {
    try {
      if (Files.exists(file)) {
        Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(file));
      }
    } catch (UnsupportedOperationException e) {
      return; // This system has others.
    }
  }

  private static void cleanUp(Path beside, Exception cause) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Makes the rename itself last through a power cut, where the system lets a folder be opened (not
   * on Windows).
   */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // The file is complete all the same.
    }
  }
}
