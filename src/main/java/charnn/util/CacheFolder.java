package charnn.util;

import java.nio.file.Path;

/** The folder for what charnn can make or fetch again. */
public final class CacheFolder {
  /** The environment variable that names another one. */
  public static final String VARIABLE = "CHARNN_CACHE";

  private CacheFolder() {}

  /**
   * Returns the folder, which may not exist: that of the environment, else the folder cache in
   * charnn's own. The system property charnn.cache goes before both.
   */
  public static Path path() {
    String given = System.getProperty("charnn.cache");
    return given == null
        ? path(System.getenv(VARIABLE), System.getProperty("charnn.home", ""))
        : Path.of(given);
  }

  /**
   * Returns the folder.
   *
   * @param named by the environment; may be null
   * @param home charnn's own folder
   */
  static Path path(String named, String home) {
    return named == null || named.isEmpty()
        ? Path.of(home).toAbsolutePath().resolve("cache")
        : Path.of(named).toAbsolutePath();
  }
}
