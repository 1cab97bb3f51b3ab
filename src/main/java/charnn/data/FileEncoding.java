package charnn.data;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.PatternSyntaxException;

/**
 * The encoding of certain files, which they are read in whatever they look like.
 *
 * @param files a file's name, or the end of its path from a folder on; a glob as of {@link
 *     java.nio.file.FileSystem#getPathMatcher}
 * @param encoding that Java knows
 */
public record FileEncoding(String files, String encoding) {
  /** As what standard input is named. */
  private static final String STANDARD_INPUT = "-";

  /**
   * @throws IllegalArgumentException if Java does not know the encoding, or the files are no glob
   */
  public FileEncoding {
    if (files == null || files.isEmpty()) {
      throw new IllegalArgumentException("an encoding of certain files must name them");
    }
    charset(encoding);
    try {
      matcher(files);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("'" + files + "' is no glob: " + e.getDescription(), e);
    }
  }

  /** Returns an encoding; throws IllegalArgumentException if Java does not know it. */
  static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException("'" + name + "' is no known encoding", e);
    }
  }

  /**
   * Returns whether a file is one of those.
   *
   * @param place of the file, as messages name it
   */
  public boolean isOf(String place) {
    if (place.equals(files)
        || place.endsWith("/" + files)
        || (files.equals(STANDARD_INPUT) && place.equals(TextFile.STANDARD_INPUT))) {
      return true;
    }
    try {
      Path path = Path.of(place);
      return matcher(files).matches(path) || matcher("**/" + files).matches(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static PathMatcher matcher(String glob) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  @Override
  public String toString() {
    return files + "=" + encoding;
  }
}
