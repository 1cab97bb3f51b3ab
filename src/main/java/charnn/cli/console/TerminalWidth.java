package charnn.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import sun.misc.Signal;

/**
 * The width of the terminal in columns. The launcher passes the first value; after SIGWINCH, the
 * terminal is queried again.
 */
final class TerminalWidth implements IntSupplier {
  private int columns;
  private volatile boolean changed;

  TerminalWidth(int columns) {
    this.columns = columns;
    try {
      Signal.handle(new Signal("WINCH"), signal -> changed = true);
    } catch (IllegalArgumentException e) {
      return; // This system has no such signal.
    }
  }

  @Override
  public int getAsInt() {
    if (changed) {
      changed = false;
      columns = query(columns);
    }
    return columns;
  }

  private static int query(int before) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int columns = Integer.parseInt(size.strip().replaceFirst(".* ", ""));
      return columns > 0 ? columns : before;
    } catch (IOException | NumberFormatException e) {
      return before;
    }
  }
}
