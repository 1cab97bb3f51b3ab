package charnn.report;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Progress in a file or a pipe: the status is printed as a line, every 10 s at most. */
public final class PlainDisplay implements ProgressDisplay {
  private static final long STATUS_NANOS = 10_000_000_000L;

  private final Consumer<String> out;
  private long shownNanos = System.nanoTime();

  public PlainDisplay(PrintStream out) {
    this(
        line -> {
          out.println(line);
          out.flush();
        });
  }

  /**
   * @param out receives each line
   */
  public PlainDisplay(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public synchronized void printLine(String line) {
    out.accept(VisibleText.oneLine(line));
    shownNanos = System.nanoTime();
  }

  @Override
  public synchronized void updateStatus(Supplier<String> status) {
    if (System.nanoTime() - shownNanos > STATUS_NANOS) {
      printLine(status.get());
    }
  }

  @Override
  public void close() {}
}
