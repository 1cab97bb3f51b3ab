package charnn.generate;

/**
 * Finds the end of a line or paragraph: one newline, or several, after another character. An empty
 * line is no line.
 */
final class LineEnd {
  private final int needed;
  private int newlines; // that the unit may end with, fewer than needed
  private boolean begun;

  /**
   * @param needed newlines: 1 ends a line, 2 a paragraph
   */
  LineEnd(int needed) {
    this.needed = needed;
  }

  /** Reads the next character; returns whether the unit ends with it. Another one may follow. */
  boolean endsWith(int codePoint) {
    if (codePoint != '\n') {
      begun = true;
      newlines = 0;
      return false;
    }
    if (begun && ++newlines == needed) {
      begun = false;
      newlines = 0;
      return true;
    }
    return false;
  }

  /** Returns the newlines of an end. */
  int needed() {
    return needed;
  }

  /** Returns how many newlines were read that may begin an end. */
  int newlines() {
    return newlines;
  }
}
