package charnn.report;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * ProgressDisplay on a terminal: the status stays in the last line and is drawn over several times
 * a second.
 */
public final class TerminalDisplay implements ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001B[K";

  /** What does not fit is overwritten in the last column: a terminal may be narrower than known. */
  private static final String NO_WRAP = "\u001B[?7l";

  private static final String WRAP = "\u001B[?7h";
  private static final long REDRAW_NANOS = 250_000_000L;

  private final PrintStream out;
  private final IntSupplier columns;
  private String shown = "";
  private long shownNanos = System.nanoTime() - REDRAW_NANOS;

  /**
   * @param out the terminal itself, which obeys escape sequences
   * @param columns of the terminal, asked for at each drawing
   */
  public TerminalDisplay(PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public synchronized void line(String line) {
    draw(VisibleText.oneLine(line) + System.lineSeparator(), shown);
  }

  @Override
  public synchronized void status(Supplier<String> status) {
    if (System.nanoTime() - shownNanos < REDRAW_NANOS) {
      return;
    }
    // The last column stays free: some terminals go to the next line from it.
    shown = VisibleText.fit(VisibleText.oneLine(status.get()), columns.getAsInt() - 1);
    draw("", shown);
    shownNanos = System.nanoTime();
  }

  private void draw(String line, String status) {
    out.print(CLEAR_LINE + line + (status.isEmpty() ? "" : NO_WRAP + status + WRAP));
    out.flush();
  }

  @Override
  public synchronized void close() {
    shown = "";
    draw("", "");
  }
}
