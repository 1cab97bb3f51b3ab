package charnn.cli.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handles Ctrl-C (SIGINT), SIGTERM and a closed terminal (SIGHUP) while something must be saved.
 * The first signal sets a flag, which the work polls. A Ctrl-C after it ends the process at once,
 * but not within a second, where it counts as the same one: some programs signal a process and then
 * its group. A second SIGTERM or SIGHUP never does, because the system and a script may both send
 * one. A signal that is ignored, as under nohup, stays ignored.
 */
public final class Interrupts implements BooleanSupplier, AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  /** Nanoseconds after the first signal within which a second is the same one. */
  private static final long SAME = 1_000_000_000;

  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private final LongSupplier clock;
  private final Runnable end;
  private volatile boolean interrupted;
  private long since;

  /**
   * @param saving callback at the first signal, on another thread
   */
  public Interrupts(Runnable saving) {
    this(saving, System::nanoTime, Interrupts::endNow);
  }

  /**
   * @param clock nanoseconds from any point
   * @param end ends the process
   */
  Interrupts(Runnable saving, LongSupplier clock, Runnable end) {
    this.clock = clock;
    this.end = end;
    for (String name : SIGNALS) {
      try {
        Signal signal = new Signal(name);
        SignalHandler handler =
            Signal.handle(signal, received -> interrupt(received.getName(), saving));
        before.put(signal, handler);
        if (handler.equals(SignalHandler.SIG_IGN)) {
          Signal.handle(signal, SignalHandler.SIG_IGN);
        }
      } catch (IllegalArgumentException e) {
        continue; // This system has no such signal, or the JVM runs with -Xrs.
      }
    }
  }

  /** Acts on a signal of a name: INT, TERM or HUP. */
  void interrupt(String signal, Runnable saving) {
    if (isFirst()) {
      saving.run();
    } else if (signal.equals("INT") && clock.getAsLong() - since >= SAME) {
      end.run();
    }
  }

  /** Each signal comes on a thread of its own. */
  private synchronized boolean isFirst() {
    if (interrupted) {
      return false;
    }
    since = clock.getAsLong();
    interrupted = true;
    return true;
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
