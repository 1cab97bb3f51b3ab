package charnn.report;

import java.io.PrintStream;
import java.util.function.Supplier;

/** Lines in a file or a pipe: the status is one more line now and then. */
public final class PlainLines implements Lines {
  private static final long STATUS_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private long shownNanos = System.nanoTime();

  public PlainLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void line(String line) {
    out.println(VisibleText.oneLine(line));
    out.flush();
    shownNanos = System.nanoTime();
  }

  @Override
  public synchronized void status(Supplier<String> status) {
    if (System.nanoTime() - shownNanos > STATUS_NANOS) {
      line(status.get());
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
