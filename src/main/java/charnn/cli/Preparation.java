package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.report.ProgressDisplay;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Shows the progress of what comes before a text's first character, if it takes a while. Closed
 * before the text is printed: both may be on one terminal. For any threads.
 */
final class Preparation implements LongConsumer, AutoCloseable {
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Console console;
  private final String name;
  private final long total;
  private final Duration unseen;
  private final long begunNanos = System.nanoTime();
  private ProgressDisplay display; // null: nothing is shown

  /**
   * @param name of the work, for the user
   * @param total characters
   */
  Preparation(Console console, String name, long total) {
    this(console, name, total, A_WHILE);
  }

  /**
   * @param unseen for how long nothing is shown
   */
  Preparation(Console console, String name, long total, Duration unseen) {
    this.console = console;
    this.name = name;
    this.total = total;
    this.unseen = unseen;
  }

  /** So many characters are done. */
  @Override
  public synchronized void accept(long done) {
    if (display == null && System.nanoTime() - begunNanos >= unseen.toNanos()) {
      display = console.progressDisplay();
    }
    if (display != null) {
      display.updateStatus(() -> format("%s: %,d of %,d characters", name, done, total));
    }
  }

  @Override
  public synchronized void close() {
    if (display != null) {
      display.close();
      display = null;
    }
  }
}
