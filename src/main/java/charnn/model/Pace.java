package charnn.model;

import charnn.util.Setting;

/**
 * Where a run ends, and how far along its learning rate's schedule each step is. A run of a given
 * number of steps goes along evenly after its warm-up. A run of a given time cannot know how many
 * steps that will be: from time to time it is given another end, and goes on evenly to that from
 * where it stands.
 *
 * @param totalSteps when training ends
 * @param seconds of a run of a given time, 1 to a year; 0 of one of a given number of steps
 * @param warmUpSteps in which the learning rate rises
 * @param fromStep the step from which it goes on evenly
 * @param fromProgress how far along the schedule that step is, 0 to 1
 */
public record Pace(
    long totalSteps, double seconds, long warmUpSteps, long fromStep, double fromProgress) {
  public static final long MAX_STEPS = (long) Setting.STEPS.range().most();

  private static final double MAX_SECONDS = 366 * 86_400.0;

  private static final int WARM_UP_STEPS = 100;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Pace {
    Setting.STEPS.require(totalSteps);
    boolean isTime = seconds >= 1 && seconds <= MAX_SECONDS;
    if (!(seconds == 0 || isTime)
        || warmUpSteps < 0
        || fromStep < warmUpSteps
        || !(fromProgress >= 0 && fromProgress <= 1)) {
      throw new IllegalArgumentException("the pace of training is not as it must be");
    }
  }

  /** Returns the pace of a run of a given number of steps. */
  public static Pace ofSteps(long totalSteps) {
    return ofTime(totalSteps, 0);
  }

  /**
   * Returns the pace of a run of a given time.
   *
   * @param totalSteps that it will probably be
   */
  public static Pace ofTime(long totalSteps, double seconds) {
    long warmUp = Math.min(WARM_UP_STEPS, totalSteps / 10);
    return new Pace(totalSteps, seconds, warmUp, warmUp, 0);
  }

  /**
   * Returns how far along the schedule a step is.
   *
   * @param step counted from 0
   * @return 0 until the end of the warm-up, 1 from the last step on
   */
  public double progress(long step) {
    if (step < fromStep) {
      return fromProgress;
    }
    double part = (double) (step - fromStep) / Math.max(1, totalSteps - fromStep);
    return fromProgress + (1 - fromProgress) * Math.min(1, part);
  }

  /** Returns the pace of a run that stands at a step and will end at another than it thought. */
  public Pace endingAt(long newTotal, long step) {
    return step < warmUpSteps
        ? new Pace(newTotal, seconds, warmUpSteps, warmUpSteps, 0)
        : new Pace(newTotal, seconds, warmUpSteps, step, progress(step));
  }
}
