package charnn.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Measures, for a plan, how long a training step takes on this machine. */
final class Calibration {
  /** Before, the Java compiler is busy on any machine. */
  private static final long LEAST_NANOS = 1_200_000_000L;

  private static final long MOST_NANOS = 5_000_000_000L;

  /** The speeds of so long are compared. */
  private static final long SLICE_NANOS = 400_000_000L;

  /** A slice that takes this part of the time of the one before, or less, is faster. */
  private static final double FASTER = 0.95;

  private Calibration() {}

  /**
   * Returns the seconds that one step takes, as soon as steps get no faster: until then, the Java
   * compiler is at work.
   *
   * @param step makes one training step, given its number
   * @param budget of the whole run; at most a twentieth of it is spent on measuring
   */
  static double secondsPerStep(LongConsumer step, Duration budget) {
    return secondsPerStep(step, budget, System::nanoTime);
  }

  static double secondsPerStep(LongConsumer step, Duration budget, LongSupplier nanoTime) {
    long most = Math.min(MOST_NANOS, budget.toNanos() / 20);
    long begun = nanoTime.getAsLong();
    long elapsed = 0;
    long number = 0;
    double before = Double.POSITIVE_INFINITY;
    while (true) {
      List<Long> times = new ArrayList<>();
      long sliceEnd = Math.min(elapsed + Math.min(SLICE_NANOS, most / 4), most);
      while (elapsed < sliceEnd || times.isEmpty()) {
        step.accept(number++);
        long now = nanoTime.getAsLong() - begun;
        times.add(now - elapsed);
        elapsed = now;
      }
      Collections.sort(times);
      double now = times.get(times.size() / 2) / 1e9;
      if (elapsed >= most || (elapsed >= LEAST_NANOS && now > FASTER * before)) {
        return Math.min(now, before);
      }
      before = now;
    }
  }
}
