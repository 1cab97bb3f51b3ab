package charnn.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other processes from training the same run. The system itself frees the lock of a process
 * that ends, however it ends. The file stays, because another process may be waiting to lock it.
 */
public final class RunLock implements Closeable {
  /** The byte that is locked, behind the content: on Windows, nobody else reads a locked one. */
  private static final long LOCKED_BYTE = 1 << 20;

  private final RunDirectory run;
  private FileChannel channel;

  private RunLock(RunDirectory run) throws IOException {
    this.run = run;
    this.channel = lock(run);
  }

  /**
   * Takes the lock of a run, without waiting.
   *
   * @throws IOException if another process has it, which the message names
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
    Path file = run.lock();
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw taken(run);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(run);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException taken(RunDirectory run) throws IOException {
    String holder = Files.readString(run.lock(), StandardCharsets.UTF_8).strip();
    return new IOException(
        "run '"
            + run.name()
            + "' is being trained by process "
            + (holder.matches("\\d{1,10}") ? holder : "(unknown)")
            + "; wait for it, stop it, or choose another --name");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
