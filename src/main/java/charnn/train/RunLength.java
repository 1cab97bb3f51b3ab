package charnn.train;

import java.time.Duration;

/** How long to train. */
public sealed interface RunLength {
  /**
   * A number of steps.
   *
   * @param steps 1 or more
   */
  record Steps(long steps) implements RunLength {
    public Steps {
      if (steps < 1) {
        throw new IllegalArgumentException("--steps must be 1 or more, got " + steps);
      }
    }
  }

  /**
   * A number of times to read the training text.
   *
   * @param epochs more than 0
   */
  record Epochs(double epochs) implements RunLength {
    public Epochs {
      if (!(epochs > 0 && epochs <= 1e9)) {
        throw new IllegalArgumentException(
            "--epochs must be more than 0 and at most 1e9, got " + epochs);
      }
    }
  }

  /**
   * A time on the clock: training makes as many steps as fit into it.
   *
   * @param time 1 second to 1 year
   */
  record Time(Duration time) implements RunLength {
    public Time {
      if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofDays(366)) > 0) {
        throw new IllegalArgumentException(
            "--time must be 1s to 366d, got " + time.toSeconds() + "s");
      }
    }
  }
}
