package charnn.plan;

import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import java.time.Duration;

/** The length of a training run. */
public sealed interface RunLength {
  /**
   * A number of steps.
   *
   * @param steps 1 or more
   */
  record Steps(long steps) implements RunLength {
    public Steps {
      Setting.STEPS.require(steps);
    }
  }

  /**
   * A number of epochs.
   *
   * @param epochs more than 0
   */
  record Epochs(double epochs) implements RunLength {
    public Epochs {
      Setting.EPOCHS.require(epochs);
    }
  }

  /**
   * A time budget.
   *
   * @param time 1 second to 1 year
   */
  record Time(Duration time) implements RunLength {
    public Time {
      if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofDays(366)) > 0) {
        throw new InvalidSettingException(Setting.TIME, "1s to 366d", time.toSeconds() + "s");
      }
    }
  }
}
