package charnn.report;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Progress on a terminal: the status occupies the last line and is redrawn several times a second.
 */
public final class TerminalDisplay implements ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001B[K";

  /**
   * Without wrapping, a status that is too long stays in one line: a terminal may be narrower than
   * known.
   */
  private static final String NO_WRAP = "\u001B[?7l";

  private static final String WRAP = "\u001B[?7h";
  private static final long REDRAW_NANOS = 250_000_000L;

  private final PrintStream out;
  private final IntSupplier columns;
  private String shown = "";
  private long shownNanos = System.nanoTime() - REDRAW_NANOS;

  /**
   * @param out the terminal itself, which obeys escape sequences
   * @param columns of the terminal, queried at each drawing
   */
  public TerminalDisplay(PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
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

  private void draw(String line, String status) {
    out.print(CLEAR_LINE + line + (status.isEmpty() ? "" : NO_WRAP + status + WRAP));
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
