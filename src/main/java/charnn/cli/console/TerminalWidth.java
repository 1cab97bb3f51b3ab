package charnn.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import sun.misc.Signal;

/**
 * The width of the terminal in columns, and its height. The launcher passes the first values; after
 * SIGWINCH, the terminal is queried again.
 */
final class TerminalWidth implements IntSupplier {
  private int columns;
  private int rows;
  private volatile boolean changed;

  /**
   * @param rows 0 if they are not known
   */
  TerminalWidth(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    try {
      Signal.handle(new Signal("WINCH"), signal -> changed = true);
    } catch (IllegalArgumentException e) {
      return; // This system has no such signal.
    }
  }

  @Override
  public int getAsInt() {
    update();
    return columns;
  }

  /** Returns the height; 0 if it is not known. */
  int rows() {
    update();
    return rows;
  }

  private void update() {
    if (changed) {
      changed = false;
      query();
    }
  }

  private void query() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] both = size.strip().split(" ");
      int wide = Integer.parseInt(both[both.length - 1]);
      columns = wide > 0 ? wide : columns;
      rows = Integer.parseInt(both[0]);
    } catch (IOException | NumberFormatException e) {
      return; // It is as it was.
    }
  }
}
