package charnn.cli;

import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C (SIGINT) and SIGTERM while something must be saved first: the first one is remembered for
 * the work to see, a second one ends the process at once.
 */
final class Interrupts implements BooleanSupplier, AutoCloseable {
  private static final String[] SIGNALS = {"INT", "TERM"};

  private final SignalHandler[] before = new SignalHandler[SIGNALS.length];
  private volatile boolean interrupted;

  /**
   * @param saving what to do at the first signal, on another thread
   */
  Interrupts(Runnable saving) {
    for (int i = 0; i < SIGNALS.length; i++) {
      before[i] =
          Signal.handle(
              new Signal(SIGNALS[i]),
              signal -> {
                if (interrupted) {
                  Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
                }
                interrupted = true;
                saving.run();
              });
    }
  }

  @Override
  public boolean getAsBoolean() {
    return interrupted;
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.length; i++) {
      Signal.handle(new Signal(SIGNALS[i]), before[i]);
    }
  }
}
