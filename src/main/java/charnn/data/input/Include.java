package charnn.data.input;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Which files of folders and archives are read: those that match one of some globs, or all. A glob
 * with a slash is matched against the path within the folder or archive, another one against the
 * name alone.
 */
public final class Include {
  public static final Include ALL = new Include(List.of());

  private record Glob(String glob, PathMatcher matcher, boolean isOfPaths) {}

  private final List<Glob> globs;

  private Include(List<Glob> globs) {
    this.globs = globs;
  }

  /**
   * @param globs as of {@link java.nio.file.FileSystem#getPathMatcher}; none: all files
   * @throws java.util.regex.PatternSyntaxException if one is none
   */
  public static Include of(List<String> globs) {
    return new Include(
        globs.stream()
            .map(
                glob ->
                    new Glob(
                        glob,
                        FileSystems.getDefault().getPathMatcher("glob:" + glob),
                        glob.contains("/")))
            .toList());
  }

  /**
   * Returns whether a file is read.
   *
   * @param path within its folder or archive
   */
  boolean accepts(String path) {
    if (globs.isEmpty()) {
      return true;
    }
    try {
      Path whole = Path.of(path.replaceFirst("^(?:\\.?/)+", ""));
      Path name = Path.of(Place.lastPart(path));
      return globs.stream().anyMatch(glob -> glob.matcher.matches(glob.isOfPaths ? whole : name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns the globs. */
  @Override
  public String toString() {
    return globs.stream().map(Glob::glob).toList().toString();
  }
}
