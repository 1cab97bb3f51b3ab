package charnn.data.web;

import charnn.util.Formats;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Asks a host for one thing at a time, of all processes that share a folder, with a pause between
 * two requests.
 */
final class HostTurns {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Path folder;
  private final Duration pause;
  private final Sleep sleep;
  private final Map<String, Long> ends = new HashMap<>(); // nanoseconds, by host

  /** Waits. */
  @FunctionalInterface
  interface Sleep {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * @param folder for the locks
   */
  HostTurns(Path folder, Duration pause, Sleep sleep) {
    this.folder = folder;
    this.pause = pause;
    this.sleep = sleep;
  }

  /** A turn, which ends when it is closed. */
  final class Turn implements AutoCloseable {
    private final String host;
    private final FileChannel channel;

    private Turn(String host, FileChannel channel) {
      this.host = host;
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      ends.put(host, System.nanoTime());
      channel.close(); // and its lock
    }
  }

  /** Waits for the turn of a request. */
  Turn take(URI uri, FetchListener listener) throws IOException, InterruptedException {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    Files.createDirectories(folder);
    Path file = folder.resolve("host-" + host.replaceAll("[^a-z0-9.-]", "_") + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (boolean told = false; !isLocked(channel); told = true) {
        if (!told) {
          listener.noted(Formats.format("another charnn fetches from %s: waiting for it", host));
        }
        sleep.sleep(LOOK_EVERY);
      }
      Long end = ends.get(host);
      Duration left = end == null ? Duration.ZERO : pause.minusNanos(System.nanoTime() - end);
      if (!left.isZero() && !left.isNegative()) {
        sleep.sleep(left);
      }
      return new Turn(host, channel);
    } catch (IOException | InterruptedException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process
    }
  }
}
