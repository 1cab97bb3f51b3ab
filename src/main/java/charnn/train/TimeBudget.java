package charnn.train;

import java.time.Duration;

/** Turns a time into a number of training steps, by the speed of this machine. */
final class TimeBudget {
  /**
   * The Java compiler is through with the loops after this long; what is measured before counts for
   * nothing.
   */
  private static final long WARM_UP_NANOS = 500_000_000L;

  private static final long MEASURE_NANOS = 500_000_000L;

  private TimeBudget() {}

  /**
   * Returns the seconds that one step takes.
   *
   * @param step makes one training step, given its number
   * @param budget of the whole run; of a short one only a part is spent on measuring
   */
  static double secondsPerStep(java.util.function.LongConsumer step, Duration budget) {
    long limit = budget.toNanos() / 8;
    long made = run(step, 0, Math.min(WARM_UP_NANOS, limit));
    long start = System.nanoTime();
    long measured = run(step, made, Math.min(MEASURE_NANOS, limit));
    return (System.nanoTime() - start) / 1e9 / measured;
  }

  /** Makes steps for a time, at least one, and returns how many. */
  private static long run(java.util.function.LongConsumer step, long first, long nanos) {
    long start = System.nanoTime();
    long made = 0;
    do {
      step.accept(first + made++);
    } while (System.nanoTime() - start < nanos);
    return made;
  }
}
