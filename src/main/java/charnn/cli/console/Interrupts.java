package charnn.cli.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handles Ctrl-C (SIGINT), SIGTERM and a closed terminal (SIGHUP) while something must be saved.
 * The first signal sets a flag, which the work polls. A Ctrl-C after it ends the process at once; a
 * second SIGTERM or SIGHUP does not, because the system and a script may both send one. A signal
 * that is ignored, as under nohup, stays ignored.
 */
public final class Interrupts implements BooleanSupplier, AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private volatile boolean interrupted;

  /**
   * @param saving callback at the first signal, on another thread
   */
  public Interrupts(Runnable saving) {
    for (String name : SIGNALS) {
      try {
        Signal signal = new Signal(name);
        SignalHandler handler = Signal.handle(signal, received -> interrupt(received, saving));
        before.put(signal, handler);
        if (handler.equals(SignalHandler.SIG_IGN)) {
          Signal.handle(signal, SignalHandler.SIG_IGN);
        }
      } catch (IllegalArgumentException e) {
        continue; // This system has no such signal, or the JVM runs with -Xrs.
      }
    }
  }

  private void interrupt(Signal signal, Runnable saving) {
    if (!interrupted) {
      interrupted = true;
      saving.run();
    } else if (signal.getName().equals("INT")) {
      endNow();
    }
  }

  /**
   * Has a Ctrl-C that ends the process do something else first.
   *
   * @param first called on another thread
   */
  public static void atTheEnd(Runnable first) {
    try {
      Signal interrupt = new Signal("INT");
      AtomicReference<SignalHandler> usual = new AtomicReference<>();
      usual.set(
          Signal.handle(
              interrupt,
              received -> {
                first.run();
                usual.get().handle(received);
              }));
      if (usual.get().equals(SignalHandler.SIG_IGN)) {
        Signal.handle(interrupt, SignalHandler.SIG_IGN);
      }
    } catch (IllegalArgumentException e) {
      return; // This system has no such signal, or the JVM runs with -Xrs.
    }
  }

  /** Ends the process at once, as interrupted: no hook runs, nothing is waited for. */
  public static void endNow() {
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
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
