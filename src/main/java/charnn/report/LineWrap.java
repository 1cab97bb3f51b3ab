package charnn.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks the lines of a terminal between words. A command to copy stays in one piece, for the
 * terminal to break: a newline within it would run its first half.
 */
public final class LineWrap {
  /** A terminal that is narrower breaks lines itself. */
  private static final int FEWEST_COLUMNS = 20;

  private static final String INDENT = "  ";
  private static final Pattern PIECE = Pattern.compile("(\\s*)('?charnn [a-z][^;,]*|\\S+)");

  private LineWrap() {}

  /**
   * Returns a visible line, with line ends where it would be wider than the terminal. What follows
   * a line end is indented. A piece that is too long for a line stays whole.
   */
  public static String wrap(String line, int columns) {
    if (columns < FEWEST_COLUMNS || VisibleText.columns(line) <= columns) {
      return line;
    }
    StringBuilder wrapped = new StringBuilder();
    int used = 0;
    Matcher piece = PIECE.matcher(line);
    while (piece.find()) {
      int width = VisibleText.columns(piece.group(2));
      int space = piece.group(1).length();
      if (used > 0 && used + space + width > columns) {
        wrapped.append(System.lineSeparator()).append(INDENT).append(piece.group(2));
        used = INDENT.length() + width;
      } else {
        wrapped.append(piece.group());
        used += space + width;
      }
    }
    return wrapped.toString();
  }
}
