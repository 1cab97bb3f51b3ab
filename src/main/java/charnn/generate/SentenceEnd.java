package charnn.generate;

/**
 * Finds the end of a sentence: a mark such as a full stop, closing quotes or brackets after it, and
 * white space. Marks of Chinese and Japanese need no white space.
 */
final class SentenceEnd {
  private static final String MARKS = ".!?…‽؟।۔";
  private static final String FULL_WIDTH_MARKS = "。！？｡";
  private static final String CLOSING = "\"'”’»›)]}」』）〉》】";

  private boolean marked;
  private boolean fullWidth;
  private boolean any; // whether the sentence has a letter or a digit

  /**
   * Reads the next character; returns whether the sentence ended before it. It is then the first of
   * the next sentence.
   */
  boolean endsBefore(int codePoint) {
    boolean ends = false;
    if (marked && any) {
      if (MARKS.indexOf(codePoint) >= 0 || FULL_WIDTH_MARKS.indexOf(codePoint) >= 0) {
        fullWidth = FULL_WIDTH_MARKS.indexOf(codePoint) >= 0;
        return false;
      }
      if (CLOSING.indexOf(codePoint) >= 0) {
        return false;
      }
      ends = fullWidth || Character.isWhitespace(codePoint);
    }
    any = (any && !ends) || Character.isLetterOrDigit(codePoint);
    fullWidth = FULL_WIDTH_MARKS.indexOf(codePoint) >= 0;
    marked = fullWidth || MARKS.indexOf(codePoint) >= 0;
    return ends;
  }
}
