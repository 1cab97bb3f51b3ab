package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.cache.CorpusCache;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where encoded corpora are kept, and which: as the environment says. */
public final class CacheLocation {
  /** The folder. */
  static final String FOLDER = "CHARNN_CACHE";

  /** From so many megabytes on a corpus is encoded into the cache. */
  static final String ABOVE = "CHARNN_CACHE_ABOVE";

  private static final String NONE = "none";

  private CacheLocation() {}

  /**
   * Returns the cache: by default, the folder cache in charnn's own.
   *
   * @throws UsageException if a variable's value is none
   */
  public static CorpusCache of(Console console) {
    return new CorpusCache(folder(console), above(console.environment(ABOVE)));
  }

  private static Path folder(Console console) {
    String folder = console.environment(FOLDER);
    try {
      return folder == null || folder.isEmpty()
          ? console.home().resolve("cache")
          : Path.of(folder).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new UsageException(
          format(
              "%s is %s, which is no name of a folder; set another, or unset it", FOLDER, folder));
    }
  }

  private static long above(String megabytes) {
    if (megabytes == null || megabytes.isEmpty()) {
      return CorpusCache.ABOVE;
    }
    if (megabytes.equals(NONE)) {
      return Long.MAX_VALUE;
    }
    if (!megabytes.matches("\\d{1,9}")) {
      throw new UsageException(
          format(
              "%s is %s; set it to a number of megabytes or to none, or unset it",
              ABOVE, megabytes));
    }
    return Long.parseLong(megabytes) << 20;
  }
}
