package charnn.checkpoint;

import charnn.util.RegularFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other processes from training the same run. The system itself frees the lock of a process
 * that ends, however it ends. The file stays, because another process may be waiting to lock it.
 */
public final class RunLock implements Closeable {
  /** The byte that is locked, after the content: on Windows, nobody else reads a locked one. */
  private static final long LOCKED_BYTE = 1 << 20;

  /**
   * The folders of the runs that this process holds. Closing any channel of a locked file frees the
   * lock on POSIX systems, so a held one must not be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final RunDirectory run;
  private final Path held;
  private FileChannel channel;

  private RunLock(RunDirectory run) throws IOException {
    this.run = run;
    this.held = run.path().toRealPath();
    if (!HELD.add(held)) {
      throw new RunLockedException(run, ProcessHandle.current().pid());
    }
    try {
      channel = lock(run);
    } catch (IOException | RuntimeException e) {
      HELD.remove(held);
      throw e;
    }
  }

  /**
   * Takes the lock of a run, without waiting.
   *
   * @throws IOException if it is taken already, by a process that the message names
   */
  public static RunLock take(RunDirectory run) throws IOException {
    return new RunLock(run);
  }

  /**
   * Takes the lock again after the run's folder, and the locked file in it, has vanished.
   *
   * @throws IOException if another process took it meanwhile
   */
  public void retake() throws IOException {
    channel.close();
    channel = lock(run);
  }

  private static FileChannel lock(RunDirectory run) throws IOException {
    FileChannel channel = RegularFile.open(run.lock());
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw new RunLockedException(run, holder(run));
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    try {
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return channel; // On a full disk only the number is missing, which errors name.
    }
    return channel;
  }

  private static long holder(RunDirectory run) throws IOException {
    String holder = Files.readString(run.lock(), StandardCharsets.UTF_8).strip();
    return holder.matches("\\d{1,10}") ? Long.parseLong(holder) : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(held);
  }
}
