package charnn.desk;

/**
 * What a model reads of a text before a place in it: at least {@value #BLOCK} characters, if there
 * are as many, and fewer than twice as many and some. It begins at a multiple of that number, so
 * that the same characters have the same beginning while the place moves on, and depends on the
 * text and the place alone.
 *
 * @param start where it begins in the text
 * @param text from there to the place
 * @param next where the context will begin that follows on this one as the place moves on
 */
record Context(int start, String text, int next) {
  /** In UTF-16 units. A recurrent network remembers hardly anything of so long ago. */
  static final int BLOCK = 1024;

  static Context of(CharSequence text, int place) {
    int block = place / BLOCK;
    int start = boundary(text, Math.max(0, block - 1) * BLOCK, place);
    return new Context(
        start, text.subSequence(start, place).toString(), boundary(text, block * BLOCK, place));
  }

  /** Returns what of it belongs to the context that follows. */
  Context following() {
    return new Context(next, text.substring(next - start), next);
  }

  /** Returns an offset that does not separate a letter from its accents, nor surrogates. */
  private static int boundary(CharSequence text, int offset, int most) {
    int at = offset;
    while (at > 0 && at < most && belongsToBefore(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean belongsToBefore(char c) {
    return Character.isLowSurrogate(c) || Character.getType(c) == Character.NON_SPACING_MARK;
  }
}
