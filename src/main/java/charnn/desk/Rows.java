package charnn.desk;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * A text wrapped at words to a width. Only the line that is asked for is wrapped, so a text may be
 * long; a change of the text makes it out of date.
 *
 * <p>White space at the end of a row may stand beyond the width, where it is not seen. A word wider
 * than a row is broken anywhere. Between wide characters (Chinese, Japanese, emoji), any place is
 * one to break, but not before a closing mark nor after an opening one.
 */
final class Rows {
  /** Kana and marks that begin no row. */
  private static final String CLINGING = "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ";

  private final CharSequence text;
  private final int columns;
  private int lineStart = -1; // of the line that was wrapped last
  private int lineEnd = -1;
  private List<Row> line = List.of();

  /**
   * @param columns of a row, 1 or more
   */
  Rows(CharSequence text, int columns) {
    this.text = text;
    this.columns = columns;
  }

  /** Returns the row of an offset. The end of the text has one, too. */
  Row at(int offset) {
    wrapLineOf(offset);
    int low = 0;
    int high = line.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (line.get(middle).start() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return line.get(low);
  }

  /** Returns the row above; null if there is none. */
  Row above(Row row) {
    return row.start() == 0 ? null : at(row.start() - 1);
  }

  /** Returns the row below; null if there is none. */
  Row below(Row row) {
    if (!row.last()) {
      return at(row.end());
    }
    return row.end() == text.length() ? null : at(row.end() + 1);
  }

  /** Returns the column, from 0, of an offset in its row. */
  int column(Row row, int offset) {
    int column = 0;
    for (int at = row.start(); at < Math.min(offset, row.end()); ) {
      int next = Graphemes.next(text, at);
      column += Graphemes.columns(text, at, next, column);
      at = next;
    }
    return column;
  }

  /** Returns the offset in a row that is nearest to a column, at or before it. */
  int offset(Row row, int column) {
    int reached = 0;
    int at = row.start();
    while (at < row.end()) {
      int next = Graphemes.next(text, at);
      reached += Graphemes.columns(text, at, next, reached);
      if (reached > column || (next == row.end() && !row.last())) {
        break; // The end of a row that is not the last is the start of the next.
      }
      at = next;
    }
    return at;
  }

  private void wrapLineOf(int offset) {
    if (lineStart >= 0 && offset >= lineStart && offset <= lineEnd) {
      return;
    }
    int start = offset;
    while (start > 0 && text.charAt(start - 1) != '\n') {
      start--;
    }
    int end = offset;
    while (end < text.length() && text.charAt(end) != '\n') {
      end++;
    }
    lineStart = start;
    lineEnd = end;
    line = wrap(start, end);
  }

  private List<Row> wrap(int from, int to) {
    List<Row> rows = new ArrayList<>();
    int start = from;
    int column = 0;
    int breakAt = from; // where the row may end; its start: nowhere
    for (int at = from; at < to; ) {
      int next = Math.min(to, Graphemes.next(text, at));
      int width = Graphemes.columns(text, at, next, column);
      if (!isSpace(at) && column + width > columns && at > start) {
        int cut = breakAt > start ? breakAt : at;
        rows.add(new Row(start, cut, false));
        start = cut;
        breakAt = cut;
        column = 0;
        at = cut;
        continue;
      }
      column += width;
      if (next < to && mayBreak(at, next)) {
        breakAt = next;
      }
      at = next;
    }
    rows.add(new Row(start, to, true));
    return rows;
  }

  private boolean isSpace(int at) {
    char c = text.charAt(at);
    return c == ' ' || c == '\t' || (c > 0x7F && c != '\u00A0' && Character.isSpaceChar(c));
  }

  /**
   * Returns whether a row may end between two clusters.
   *
   * @param at where the first begins
   * @param next where the second begins
   */
  private boolean mayBreak(int at, int next) {
    if (isSpace(at)) {
      return true;
    }
    int before = Character.codePointAt(text, at);
    int after = Character.codePointAt(text, next);
    if (isDash(before)) {
      return !isDash(after) && !isSpace(next);
    }
    if (before < 0x300 && after < 0x300) {
      return false;
    }
    return (WCWidth.wcwidth(before) == 2 || WCWidth.wcwidth(after) == 2)
        && !opens(before)
        && !clings(after);
  }

  private static boolean isDash(int codePoint) {
    return codePoint == '-' || codePoint == '–' || codePoint == '—';
  }

  private static boolean opens(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION;
  }

  private static boolean clings(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.END_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || type == Character.OTHER_PUNCTUATION
        || CLINGING.indexOf(codePoint) >= 0;
  }
}
