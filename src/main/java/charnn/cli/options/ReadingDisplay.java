package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.input.CorpusReading;
import charnn.report.ProgressDisplay;
import java.time.Duration;

/** Shows how the reading of a corpus goes on, if it takes a while. */
final class ReadingDisplay implements CorpusReading, AutoCloseable {
  private static final Duration A_WHILE = Duration.ofSeconds(2);
  private static final double MEGABYTE = 1e6;

  private final Console console;
  private final long begunNanos = System.nanoTime();
  private ProgressDisplay display; // null: nothing is shown

  ReadingDisplay(Console console) {
    this.console = console;
  }

  @Override
  public void read(long read, long total) {
    if (display == null && System.nanoTime() - begunNanos >= A_WHILE.toNanos()) {
      display = console.progressDisplay();
    }
    if (display != null) {
      display.updateStatus(
          () ->
              total == 0
                  ? format("reading the corpus: %,.0f MB", read / MEGABYTE)
                  : format(
                      "reading the corpus: %,.0f of %,.0f MB", read / MEGABYTE, total / MEGABYTE));
    }
  }

  @Override
  public void waits() {
    console.log("another charnn is encoding the same corpus; waiting for it");
  }

  @Override
  public void close() {
    if (display != null) {
      display.close();
    }
  }
}
