package charnn.report;

import java.io.PrintStream;
import java.util.function.Supplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * Lines on a terminal: the status stays in the last line and is drawn over several times a second.
 */
public final class TerminalLines implements Lines {
  private static final String CLEAR_LINE = "\r\u001B[K";
  private static final int REDRAW_MILLIS = 250;

  private final PrintStream out;
  private final ProgressBar bar;
  private long madeNanos;

  /**
   * @param columns of the terminal. They are told, not asked for: the library would ask through
   *     JLine, which takes over Ctrl-C
   */
  public TerminalLines(PrintStream out, int columns) {
    this.out = out;
    this.bar =
        new ProgressBarBuilder()
            .setInitialMax(-1)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .continuousUpdate()
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns))
            .setRenderer((state, width) -> fit(state.getExtraMessage(), width))
            .build();
  }

  private static String fit(String status, int width) {
    return status.length() < width ? status : status.substring(0, Math.max(0, width - 1));
  }

  private synchronized void draw(String status) {
    out.print(CLEAR_LINE + status);
    out.flush();
  }

  @Override
  public synchronized void line(String line) {
    out.println(CLEAR_LINE + line);
    out.flush();
  }

  @Override
  public synchronized void status(Supplier<String> status) {
    if (System.nanoTime() - madeNanos > REDRAW_MILLIS * 1_000_000L / 2) {
      bar.setExtraMessage(status.get());
      madeNanos = System.nanoTime();
    }
  }

  @Override
  public void close() {
    bar.close();
    synchronized (this) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
