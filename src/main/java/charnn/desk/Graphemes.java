package charnn.desk;

import charnn.report.VisibleText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/**
 * Characters as people see them: Unicode's extended grapheme clusters, of one or more code points,
 * and the columns of a terminal that they take. Offsets count UTF-16 units.
 */
final class Graphemes {
  /** From here on, a character may belong to the one before it. */
  private static final int FIRST_JOINING = 0x300;

  /** No cluster is taken to be longer: accents can be heaped on a letter without end. */
  private static final int LONGEST = 64;

  private static final int JOINER = 0x200D;
  private static final int FIRST_FLAG_LETTER = 0x1F1E6;
  private static final int LAST_FLAG_LETTER = 0x1F1FF;
  private static final int TAB_STOP = 8;
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private Graphemes() {}

  /** Returns the offset after the cluster that begins at an offset. */
  static int next(CharSequence text, int at) {
    int length = text.length();
    if (at + 1 >= length) {
      return length;
    }
    if (text.charAt(at) < FIRST_JOINING && text.charAt(at + 1) < FIRST_JOINING) {
      return at + 1;
    }
    int to = Math.min(length, at + LONGEST);
    if (to < length && Character.isLowSurrogate(text.charAt(to))) {
      to++;
    }
    Matcher cluster = CLUSTER.matcher(text).region(at, to);
    return cluster.lookingAt() ? cluster.end() : at + 1;
  }

  /** Returns the offset where the cluster before an offset begins. */
  static int previous(CharSequence text, int at) {
    if (at <= 1) {
      return 0;
    }
    if (text.charAt(at - 1) < FIRST_JOINING) {
      return at - 1;
    }
    int from = at - 1;
    int least = Math.max(0, at - LONGEST);
    while (from > least && text.charAt(from) >= FIRST_JOINING) {
      from--;
    }
    if (Character.isLowSurrogate(text.charAt(from))) {
      from--;
    }
    int start = Math.max(0, from);
    for (int end = next(text, start); end < at; end = next(text, end)) {
      start = end;
    }
    return start;
  }

  /** Returns the offset nearest to a place, at or before it, that is not within a cluster. */
  static int boundary(CharSequence text, int at) {
    int offset = Math.max(0, Math.min(text.length(), at));
    if (offset == 0 || offset == text.length()) {
      return offset;
    }
    int start = previous(text, offset);
    return next(text, start) == offset ? offset : start;
  }

  /** Returns how a cluster is shown. */
  static String shown(CharSequence text, int from, int to, int column) {
    char first = text.charAt(from);
    if (first == '\t') {
      return " ".repeat(TAB_STOP - column % TAB_STOP);
    }
    String cluster = text.subSequence(from, to).toString();
    return isPlain(first) && to == from + 1 ? cluster : VisibleText.of(cluster);
  }

  /**
   * Returns the columns that a cluster takes.
   *
   * @param column where it begins, from 0; a tab depends on it
   */
  static int columns(CharSequence text, int from, int to, int column) {
    char first = text.charAt(from);
    if (to == from + 1) {
      if (isPlain(first)) {
        return 1;
      }
      if (first == '\t') {
        return TAB_STOP - column % TAB_STOP;
      }
      if (Character.isLetter(first)) {
        return Math.max(0, WCWidth.wcwidth(first));
      }
    }
    return columns(shown(text, from, to, column));
  }

  /**
   * Returns the columns of a shown text. What follows a joiner, as in an emoji of a family, has
   * none of its own; a flag is two letters.
   */
  static int columns(String shown) {
    int columns = 0;
    boolean joined = false;
    for (int at = 0; at < shown.length(); ) {
      int codePoint = shown.codePointAt(at);
      boolean isFlag = codePoint >= FIRST_FLAG_LETTER && codePoint <= LAST_FLAG_LETTER;
      columns += joined ? 0 : isFlag ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
      joined = codePoint == JOINER;
      at += Character.charCount(codePoint);
    }
    return columns;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F;
  }
}
