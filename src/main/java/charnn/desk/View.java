package charnn.desk;

import charnn.report.VisibleText;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a text out in a window: wrapped at words, with the proposal in grey after the cursor, and a
 * status line at the bottom. Remembers how far the text is scrolled.
 */
final class View {
  private static final String GREY = "\u001B[90m";
  private static final String INVERSE = "\u001B[7m";
  private static final String RESET = "\u001B[m";

  private int columns = 80;
  private int rows = 24;
  private int top; // offset of the first row that is shown
  private int goal = -1; // column in which the cursor goes up and down; -1: its own

  /**
   * What a terminal shows.
   *
   * @param lines with escape sequences, one for each row
   * @param cursorRow from 0
   * @param cursorColumn from 0
   */
  record Frame(List<String> lines, int cursorRow, int cursorColumn) {}

  void resize(int newColumns, int newRows) {
    columns = Math.max(2, newColumns);
    rows = Math.max(2, newRows);
  }

  int columns() {
    return columns;
  }

  /** Returns the rows of text that the window has. */
  private int textRows() {
    return rows - 1;
  }

  /** The last column is left to the cursor. */
  private int textColumns() {
    return columns - 1;
  }

  private Rows wrap(CharSequence text) {
    return new Rows(text, textColumns());
  }

  /** Moves the cursor up (negative) or down, as near to its column as can be. */
  void moveRows(Document document, int by) {
    Rows wrapped = wrap(document.text());
    Row row = wrapped.at(document.cursor());
    if (goal < 0) {
      goal = wrapped.column(row, document.cursor());
    }
    for (int i = 0; i < Math.abs(by); i++) {
      Row neighbour = by < 0 ? wrapped.above(row) : wrapped.below(row);
      if (neighbour == null) {
        break;
      }
      row = neighbour;
    }
    document.moveTo(wrapped.offset(row, goal));
  }

  /** Moves the cursor a window up (negative) or down. */
  void movePages(Document document, int by) {
    moveRows(document, by * Math.max(1, textRows() - 1));
  }

  /** Moves the cursor to the start of its row. */
  void moveHome(Document document) {
    document.moveTo(wrap(document.text()).at(document.cursor()).start());
  }

  /** Moves the cursor to the end of its row. */
  void moveEnd(Document document) {
    Rows wrapped = wrap(document.text());
    Row row = wrapped.at(document.cursor());
    document.moveTo(wrapped.offset(row, Integer.MAX_VALUE));
  }

  /** The cursor moved otherwise than up and down. */
  void forgetGoal() {
    goal = -1;
  }

  /**
   * Lays out the window.
   *
   * @param proposal shown after the cursor; no part of the text
   * @param status of one line
   */
  Frame frame(Document document, String proposal, String status) {
    CharSequence text =
        proposal.isEmpty()
            ? document.text()
            : new Spliced(document.text(), document.cursor(), proposal);
    int cursor = document.cursor();
    int proposalEnd = cursor + proposal.length();
    Rows wrapped = wrap(text);
    Row cursorRow = wrapped.at(cursor);
    Row row = top(wrapped, cursorRow, wrapped.at(proposalEnd), text.length());
    top = row.start();
    List<String> lines = new ArrayList<>();
    int at = 0;
    for (; row != null && lines.size() < textRows(); row = wrapped.below(row)) {
      if (row.equals(cursorRow)) {
        at = lines.size();
      }
      lines.add(line(text, row, cursor, proposalEnd));
    }
    int column = Math.min(wrapped.column(cursorRow, cursor), textColumns());
    return frame(lines, status, at, column);
  }

  /** Lays out a page that is shown instead of the text. */
  Frame page(List<String> page, String status) {
    List<String> lines =
        page.stream().limit(textRows()).map(line -> VisibleText.fit(line, textColumns())).toList();
    return frame(new ArrayList<>(lines), status, textRows(), 0);
  }

  private Frame frame(List<String> lines, String status, int cursorRow, int cursorColumn) {
    while (lines.size() < textRows()) {
      lines.add("");
    }
    String shown = VisibleText.fit(VisibleText.oneLine(status), columns);
    String padding = " ".repeat(Math.max(0, columns - Graphemes.columns(shown)));
    lines.add(INVERSE + shown + padding + RESET);
    return new Frame(List.copyOf(lines), cursorRow, cursorColumn);
  }

  /**
   * Returns the first row to show: that of before, if the cursor's row and the proposal are in the
   * window then.
   *
   * @param lowest the row where the proposal ends
   */
  private Row top(Rows wrapped, Row cursorRow, Row lowest, int length) {
    Row row = lowest;
    for (int i = 1; row.start() > cursorRow.start(); i++) {
      if (i == textRows()) {
        lowest = cursorRow; // The proposal is longer than the window.
        break;
      }
      row = wrapped.above(row);
    }
    if (top > length) {
      return up(wrapped, cursorRow, textRows() / 2, 0); // The text became much shorter.
    }
    Row first = up(wrapped, lowest, textRows() - 1, top);
    return cursorRow.start() < first.start() ? cursorRow : first;
  }

  /** Returns the row that is so many rows higher, or the first one that begins at an offset. */
  private static Row up(Rows wrapped, Row from, int by, int least) {
    Row row = from;
    for (int i = 0; i < by && row.start() > least; i++) {
      row = wrapped.above(row);
    }
    return row;
  }

  /**
   * Returns a row as it is written to the terminal. After characters of several code points, whose
   * width terminals do not agree on, the column is set.
   */
  private String line(CharSequence text, Row row, int greyFrom, int greyTo) {
    StringBuilder line = new StringBuilder();
    int column = 0;
    boolean grey = false;
    for (int at = row.start(); at < row.end(); ) {
      int next = Graphemes.next(text, at);
      int width = Graphemes.columns(text, at, next, column);
      if (column + width > textColumns()) {
        break;
      }
      boolean isProposal = at >= greyFrom && at < greyTo;
      if (isProposal != grey) {
        line.append(isProposal ? GREY : RESET);
        grey = isProposal;
      }
      line.append(Graphemes.shown(text, at, next, column));
      column += width;
      if (next > at + Character.charCount(Character.codePointAt(text, at))) {
        line.append("\u001B[").append(column + 1).append('G');
      }
      at = next;
    }
    return grey ? line.append(RESET).toString() : line.toString();
  }
}
