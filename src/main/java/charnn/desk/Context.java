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
public record Context(int start, String text, int next) {
  /** In UTF-16 units. A recurrent network remembers hardly anything of so long ago. */
  static final int BLOCK = 1024;

  /** Returns the context of a place in a text, in UTF-16 units. */
  public static Context of(CharSequence text, int place) {
    return of(text, 0, place);
  }

  /**
   * @param known a part of the text
   * @param from where that part begins in the text
   * @param to the place, in that part
   */
  private static Context of(CharSequence known, int from, int to) {
    int block = (from + to) / BLOCK;
    int start = boundary(known, Math.max(0, Math.max(0, block - 1) * BLOCK - from), to);
    int next = boundary(known, Math.max(0, block * BLOCK - from), to);
    return new Context(from + start, known.subSequence(start, to).toString(), from + next);
  }

  /** Returns the place that it is the context of. */
  int place() {
    return start + text.length();
  }

  /** Returns the context of the place after more text. */
  Context then(CharSequence more) {
    return of(text + more, start, text.length() + more.length());
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
