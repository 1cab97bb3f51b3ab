package charnn.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Measures the duration of a training step on this machine. */
final class Calibration {
  /** The JIT compiler is busy for at least this long. */
  private static final long LEAST_NANOS = 1_200_000_000L;

  private static final long MOST_NANOS = 5_000_000_000L;

  /** Length of the slices whose speeds are compared. */
  private static final long SLICE_NANOS = 400_000_000L;

  /** A slice counts as faster if its steps take at most this fraction of the time before. */
  private static final double FASTER = 0.95;

  private Calibration() {}

  /**
   * Returns the seconds of a step, once the steps get no faster: until then, the JIT compiler is at
   * work.
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
