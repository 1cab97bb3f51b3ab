package charnn.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C (SIGINT), SIGTERM and a closed terminal (SIGHUP) while something must be saved first: the
 * first one is remembered for the work to see, a second one ends the process at once. A signal that
 * is ignored, as under nohup, stays so.
 */
final class Interrupts implements BooleanSupplier, AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private volatile boolean interrupted;

  /**
   * @param saving what to do at the first signal, on another thread
   */
  Interrupts(Runnable saving) {
    for (String name : SIGNALS) {
      try {
        Signal signal = new Signal(name);
        SignalHandler handler = Signal.handle(signal, received -> interrupt(saving));
        before.put(signal, handler);
        if (handler.equals(SignalHandler.SIG_IGN)) {
          Signal.handle(signal, SignalHandler.SIG_IGN);
        }
      } catch (IllegalArgumentException e) {
        continue; // This system has no such signal, or the JVM was told to leave it alone.
      }
    }
  }

  private void interrupt(Runnable saving) {
    if (interrupted) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }
    interrupted = true;
    saving.run();
  }

  @Override
  public boolean getAsBoolean() {
    return interrupted;
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
