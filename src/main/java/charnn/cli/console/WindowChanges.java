package charnn.cli.console;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Notices that the terminal's window got another size (SIGWINCH). */
public final class WindowChanges implements AutoCloseable {
  private static final String NAME = "WINCH";

  private SignalHandler before; // null: this system has no such signal

  /**
   * @param listener called on another thread
   */
  public WindowChanges(Runnable listener) {
    try {
      before = Signal.handle(new Signal(NAME), signal -> listener.run());
    } catch (IllegalArgumentException e) {
      before = null;
    }
  }

  @Override
  public void close() {
    if (before != null) {
      Signal.handle(new Signal(NAME), before);
    }
  }
}
