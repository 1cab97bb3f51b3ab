package charnn.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;

/** Measures how long a training step takes on this machine. */
final class TimeBudget {
  /** Until then the Java compiler is busy, and steps are slow. */
  private static final long WARM_UP_NANOS = 1_200_000_000L;

  private static final long MEASURE_NANOS = 600_000_000L;

  private TimeBudget() {}

  /**
   * Returns the seconds that one step takes: those of the fastest quarter at least, for the others
   * were in the way of something that passes.
   *
   * @param step makes one training step, given its number
   * @param budget of the whole run; of a short one only a part is spent on measuring
   */
  static double secondsPerStep(LongConsumer step, Duration budget) {
    long limit = budget.toNanos() / 8;
    long warmUp = Math.min(WARM_UP_NANOS, limit);
    long end = warmUp + Math.min(MEASURE_NANOS, limit);
    List<Long> times = new ArrayList<>();
    long begun = System.nanoTime();
    long last = 0;
    for (long number = 0; last < end || times.isEmpty(); number++) {
      step.accept(number);
      long now = System.nanoTime() - begun;
      if (now > warmUp) {
        times.add(now - last);
      }
      last = now;
    }
    Collections.sort(times);
    return times.get(times.size() / 4) / 1e9;
  }
}
