package charnn.data;

/** White space, of any script. */
public final class WhiteSpace {
  private WhiteSpace() {}

  /** Returns whether a code point is white space: a space, also a no-break one, or a line end. */
  public static boolean is(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
