package charnn.data;

/**
 * Symbols of a vocabulary that stand for no character. They have the code points of noncharacters,
 * which Unicode keeps out of all texts, the last two of all: in a vocabulary, which ascends, they
 * come after the characters, and the document mark is the last.
 */
public final class SpecialSymbols {
  /** The document mark: it ends a document, and begins the next. */
  public static final int DOCUMENT = 0x10FFFF;

  /** The document mark in a text. */
  public static final String DOCUMENT_MARK = Character.toString(DOCUMENT);

  /** The unknown character: any that the vocabulary does not have. It is never generated. */
  public static final int UNKNOWN = 0x10FFFE;

  private static final char SURROGATE = Character.highSurrogate(UNKNOWN); // of both
  private static final char REPLACEMENT = '\uFFFD';

  private SpecialSymbols() {}

  /** Returns whether a code point is a symbol. */
  public static boolean isSpecial(int codePoint) {
    return codePoint >= UNKNOWN;
  }

  /** Returns a text without symbols, which come from no writer. */
  public static String removedFrom(String text) {
    if (text.indexOf(SURROGATE) < 0) {
      return text;
    }
    StringBuilder rest = new StringBuilder(text.length());
    text.codePoints().filter(c -> !isSpecial(c)).forEach(rest::appendCodePoint);
    return rest.toString();
  }

  /**
   * Returns what stands for a code point in a text: a line end for the document mark, the
   * replacement character for the unknown one.
   */
  public static int inText(int codePoint) {
    return codePoint == DOCUMENT ? '\n' : codePoint == UNKNOWN ? REPLACEMENT : codePoint;
  }

  /** Returns a code point by itself: "␄", end of transmission, for the document mark. */
  public static String alone(int codePoint) {
    return codePoint == DOCUMENT ? "␄" : Character.toString(inText(codePoint));
  }
}
