package charnn.report;

import static charnn.util.Formats.format;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Progress on a terminal: the status occupies the last line and is redrawn several times a second.
 */
public final class TerminalDisplay implements ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001B[K";

  /** To the beginning of a line so many above, and all from there. */
  private static final String CLEAR_ROWS = "\r\u001B[%dA\u001B[J";

  /**
   * Without wrapping, a status that is too long stays in one line: a terminal may be narrower than
   * known.
   */
  private static final String NO_WRAP = "\u001B[?7l";

  private static final String WRAP = "\u001B[?7h";
  private static final long REDRAW_NANOS = 250_000_000L;

  private final PrintStream out;
  private final IntSupplier columns;
  private final IntSupplier rows;
  private final Picture picture;
  private String shown = "";
  private int shownRows = 1;
  private long shownNanos = System.nanoTime() - REDRAW_NANOS;

  /**
   * @param out the terminal itself, which obeys escape sequences
   * @param columns of the terminal, queried at each drawing
   */
  public TerminalDisplay(PrintStream out, IntSupplier columns) {
    this(out, columns, () -> 0, (width, height) -> List.of());
  }

  /**
   * @param rows of the terminal, queried at each drawing
   * @param picture shown above the status
   */
  public TerminalDisplay(PrintStream out, IntSupplier columns, IntSupplier rows, Picture picture) {
    this.out = out;
    this.columns = columns;
    this.rows = rows;
    this.picture = picture;
  }

  @Override
  public synchronized void printLine(String line) {
    String wrapped = LineWrap.wrap(VisibleText.oneLine(line), columns.getAsInt());
    draw(wrapped + System.lineSeparator(), shown);
  }

  @Override
  public synchronized void updateStatus(Supplier<String> status) {
    if (System.nanoTime() - shownNanos < REDRAW_NANOS) {
      return;
    }
    // The last column stays free: some terminals wrap after it.
    shown = VisibleText.fit(VisibleText.oneLine(status.get()), columns.getAsInt() - 1);
    draw("", shown);
    shownNanos = System.nanoTime();
  }

  /** Draws a line in place of what is shown, and the picture and the status anew below it. */
  private void draw(String line, String status) {
    StringBuilder drawn = new StringBuilder();
    drawn.append(shownRows == 1 ? CLEAR_LINE : format(CLEAR_ROWS, shownRows - 1)).append(line);
    shownRows = 1;
    if (!status.isEmpty()) {
      drawn.append(NO_WRAP);
      for (String row : picture.lines(columns.getAsInt(), rows.getAsInt())) {
        drawn.append(row).append(System.lineSeparator());
        shownRows++;
      }
      drawn.append(status).append(WRAP);
    }
    out.print(drawn);
    out.flush();
  }

  @Override
  public synchronized void clearStatus() {
    if (!shown.isEmpty()) {
      shown = "";
      draw("", "");
    }
  }

  @Override
  public void close() {
    clearStatus();
  }
}
