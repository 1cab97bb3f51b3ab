package charnn.util;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file so that, whatever happens, its name stands either for all of the old content or for
 * all of the new.
 */
public final class AtomicFile {
  private static final String BESIDE = ".tmp";
  private static final boolean HAS_PERMISSIONS =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

  /** Nobody else reads a file before it has its permissions. */
  private static final FileAttribute<?>[] PRIVATE = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  private AtomicFile() {}

  /** Writes a content to a stream that the caller of it closes. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes beside the file's final name, under a name that is free, forces the bytes to disk, and
   * renames over it. A file that is replaced keeps its permissions; a new one gets those that the
   * system gives.
   */
  public static void write(Path file, Content content) throws IOException {
    write(file, null, content);
  }

  /**
   * As {@link #write(Path, Content)}.
   *
   * @param permissions of a file that replaces none; null: those that the system gives
   */
  public static void write(Path file, Set<PosixFilePermission> permissions, Content content)
      throws IOException {
    write(file, permissions, content, AtomicFile::createFree);
  }

  /**
   * As {@link #write(Path, Content)}, in a folder that is charnn's own. The name beside is always
   * the same, so that what a killed process left is removed, and never many such files lie there.
   */
  public static void writeOwned(Path file, Content content) throws IOException {
    write(file, null, content, AtomicFile::createOwned);
  }

  /** A new file beside another one. */
  private record Beside(Path path, FileChannel channel) {
    static Beside create(Path path, FileAttribute<?>... attributes) throws IOException {
      return new Beside(path, FileChannel.open(path, NEW, attributes));
    }
  }

  @FunctionalInterface
  private interface Creation {
    Beside create(Path file, FileAttribute<?>... attributes) throws IOException;
  }

  private static void write(
      Path file, Set<PosixFilePermission> ofNew, Content content, Creation creation)
      throws IOException {
    Beside beside = null;
    try {
      Set<PosixFilePermission> permissions = permissions(file, HAS_PERMISSIONS ? ofNew : null);
      beside = creation.create(file, permissions == null ? NO_ATTRIBUTES : PRIVATE);
      try (FileChannel channel = beside.channel;
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        if (permissions != null) {
          Files.setPosixFilePermissions(beside.path, permissions);
        }
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          beside.path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (DirectoryNotEmptyException e) {
      throw new FileSystemException(e.getFile(), null, "a folder stands in its place");
    } catch (IOException e) {
      cleanUp(beside, e);
      throw e instanceof FileSystemException
          ? e
          : new FileSystemException(file.toString(), null, Formats.reason(e));
    } catch (RuntimeException | OutOfMemoryError e) {
      cleanUp(beside, e);
      throw e;
    }
    forceFolder(file.toAbsolutePath().getParent());
  }

  /**
   * Returns a file's permissions.
   *
   * @param otherwise returned if there is no such file, or permissions are others on this system
   */
  public static Set<PosixFilePermission> permissions(Path file, Set<PosixFilePermission> otherwise)
      throws IOException {
    return HAS_PERMISSIONS && Files.exists(file) ? Files.getPosixFilePermissions(file) : otherwise;
  }

  /** What stands there is removed, never written through: it may be a link to another file. */
  private static Beside createOwned(Path file, FileAttribute<?>... attributes) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + BESIDE);
    Files.deleteIfExists(beside);
    return Beside.create(beside, attributes);
  }

  private static Beside createFree(Path file, FileAttribute<?>... attributes) throws IOException {
    for (int i = 1; ; i++) {
      try {
        String number = i == 1 ? "" : "." + i;
        return Beside.create(file.resolveSibling(file.getFileName() + number + BESIDE), attributes);
      } catch (FileAlreadyExistsException e) {
        continue; // It is another's: nobody's file is removed.
      }
    }
  }

  /**
   * @param beside null: none was made
   */
  private static void cleanUp(Beside beside, Throwable cause) {
    try {
      if (beside != null) {
        Files.deleteIfExists(beside.path);
      }
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
