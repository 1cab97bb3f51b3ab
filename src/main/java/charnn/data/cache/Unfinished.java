package charnn.data.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files that this process has begun and not finished. They are deleted when it ends. */
public final class Unfinished {
  private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::delete, "unfinished corpora"));
  }

  private Unfinished() {}

  static void add(Path file) {
    FILES.add(file);
  }

  /** Says that a file is finished, or deleted. */
  static void remove(Path file) {
    FILES.remove(file);
  }

  /** Deletes all, for a process that ends without a shutdown. */
  public static void delete() {
    for (Path file : FILES) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        continue; // The next process that encodes deletes it.
      }
    }
  }
}
