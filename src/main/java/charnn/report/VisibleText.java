package charnn.report;

/**
 * Makes text safe to show on a terminal: a control character is shown as a picture of itself, not
 * obeyed.
 */
public final class VisibleText {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE = 0x7F;
  private static final int DELETE_PICTURE = 0x2421;

  private VisibleText() {}

  /** Returns a code point that a terminal may be sent for the given one; newline and tab stay. */
  public static int visible(int codePoint) {
    if (codePoint == '\n' || codePoint == '\t') {
      return codePoint;
    }
    if (codePoint < ' ') {
      return CONTROL_PICTURES + codePoint;
    }
    if (codePoint == DELETE) {
      return DELETE_PICTURE;
    }
    return Character.isISOControl(codePoint) ? '\uFFFD' : codePoint;
  }

  /** Returns a text in one line. */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .map(c -> c == '\n' || c == '\t' ? ' ' : visible(c))
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
