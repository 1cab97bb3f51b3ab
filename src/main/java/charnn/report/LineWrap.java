package charnn.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Breaks the lines of a terminal between words. A command to copy stays in one piece, for the
 * terminal to break: a newline within it would run its first half.
 */
public final class LineWrap {
  /** A terminal that is narrower breaks lines itself. */
  private static final int FEWEST_COLUMNS = 20;

  private static final int INDENT = 2;
  private static final Pattern PIECE = Pattern.compile("(\\s*)('?charnn [a-z][^;,]*|\\S+)");

  private LineWrap() {}

  /**
   * Returns a visible line, broken as {@link #wrap(String, int, int)} does, with an indent of 2.
   */
  public static String wrap(String line, int columns) {
    return wrap(line, columns, INDENT);
  }

  /** Returns lines, each broken as {@link #wrap(String, int, int)} does. */
  static String wrapLines(String lines, int columns, int indent) {
    return lines
        .lines()
        .map(line -> wrap(line, columns, indent) + System.lineSeparator())
        .collect(Collectors.joining());
  }

  /**
   * Returns a visible line, with line ends where it would be wider than the terminal. A piece that
   * is too long for a line stays whole.
   *
   * @param columns of the terminal; 0: there is none
   * @param indent columns before what follows a line end
   */
  static String wrap(String line, int columns, int indent) {
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
        wrapped.append(System.lineSeparator()).append(" ".repeat(indent)).append(piece.group(2));
        used = indent + width;
      } else {
        wrapped.append(piece.group());
        used += space + width;
      }
    }
    return wrapped.toString();
  }
}
