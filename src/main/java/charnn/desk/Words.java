package charnn.desk;

/**
 * Words of a text: characters without white space between them. In scripts that write none, an
 * ideograph or kana is a word. Offsets count UTF-16 units.
 */
final class Words {
  private Words() {}

  /** Returns the offset after the word that stands at an offset, or after white space there. */
  static int end(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text, at)) {
      at = next(text, at);
    }
    for (boolean first = true; at < text.length() && !isSpace(text, at); first = false) {
      boolean alone = isAlone(Character.codePointAt(text, at));
      if (alone && !first) {
        break;
      }
      at = Graphemes.next(text, at);
      if (alone) {
        break;
      }
    }
    return at;
  }

  /** Returns where the word before an offset begins; white space before the offset is skipped. */
  static int start(CharSequence text, int from) {
    int at = from;
    while (at > 0 && isSpace(text, previous(text, at))) {
      at = previous(text, at);
    }
    for (boolean first = true; at > 0 && !isSpace(text, previous(text, at)); first = false) {
      int before = previous(text, at);
      boolean alone = isAlone(Character.codePointAt(text, before));
      if (alone && !first) {
        break;
      }
      at = before;
      if (alone) {
        break;
      }
    }
    return at;
  }

  /** Returns the number of words. */
  static int count(CharSequence text) {
    int count = 0;
    for (int at = 0; at < text.length(); ) {
      int end = end(text, at);
      count += isSpace(text, previous(text, end)) ? 0 : 1;
      at = end;
    }
    return count;
  }

  /** Returns whether an offset is within a word: both neighbours are letters or digits. */
  static boolean isInside(CharSequence text, int at) {
    return at > 0
        && at < text.length()
        && Character.isLetterOrDigit(Character.codePointBefore(text, at))
        && Character.isLetterOrDigit(Character.codePointAt(text, at))
        && !isAlone(Character.codePointAt(text, at));
  }

  private static boolean isAlone(int codePoint) {
    Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
    return Character.isIdeographic(codePoint)
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA;
  }

  private static boolean isSpace(CharSequence text, int at) {
    return Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00A0';
  }

  private static int next(CharSequence text, int at) {
    return Graphemes.next(text, at);
  }

  private static int previous(CharSequence text, int at) {
    return Graphemes.previous(text, at);
  }
}
