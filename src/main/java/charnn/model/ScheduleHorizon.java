package charnn.model;

import charnn.util.Setting;

/**
 * Where a run ends, and how far along its learning rate's schedule each step is. A run of a given
 * number of steps progresses linearly after its warm-up. A time-budgeted run cannot know how many
 * steps that will be: after every step its progress and its probable end are estimated again.
 *
 * @param totalSteps when training ends; in a time-budgeted run, probably
 * @param seconds of a time-budgeted run, 1 to a year; 0 of one of a given number of steps
 * @param warmUpSteps in which the learning rate rises
 * @param fromStep the step from which progress is linear
 * @param fromProgress how far along the schedule that step is, 0 to 1
 */
public record ScheduleHorizon(
    long totalSteps, double seconds, long warmUpSteps, long fromStep, double fromProgress) {
  public static final long MAX_STEPS = (long) Setting.STEPS.range().most();

  private static final double MAX_SECONDS = 366 * 86_400.0;

  /** Steps in which the learning rate rises, at most. */
  public static final int WARM_UP_STEPS = 100;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ScheduleHorizon {
    Setting.STEPS.require(totalSteps);
    boolean isTime = seconds >= 1 && seconds <= MAX_SECONDS;
    if (!(seconds == 0 || isTime)
        || warmUpSteps < 0
        || fromStep < warmUpSteps
        || !(fromProgress >= 0 && fromProgress <= 1)) {
      throw new IllegalArgumentException("the schedule horizon is out of its range");
    }
  }

  /** Returns the horizon of a run of a given number of steps. */
  public static ScheduleHorizon ofSteps(long totalSteps) {
    return warmingUp(totalSteps, 0, Math.min(WARM_UP_STEPS, totalSteps / 10));
  }

  /**
   * Returns the horizon of a time-budgeted run before its first step.
   *
   * @param totalSteps that it will probably be
   */
  public static ScheduleHorizon ofTime(long totalSteps, double seconds) {
    return warmingUp(totalSteps, seconds, WARM_UP_STEPS);
  }

  /**
   * Returns the horizon of a run whose learning rate rises up to a step, and falls from there on.
   */
  public static ScheduleHorizon warmingUp(long totalSteps, double seconds, long warmUpSteps) {
    return new ScheduleHorizon(totalSteps, seconds, warmUpSteps, warmUpSteps, 0);
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

  /**
   * Returns the horizon of a time-budgeted run that stands at a step, its warm-up over.
   *
   * @param newTotal steps that the run will probably have
   * @param newProgress how far along the schedule that step is, 0 to 1
   */
  public ScheduleHorizon at(long newTotal, long step, double newProgress) {
    return new ScheduleHorizon(newTotal, seconds, Math.min(warmUpSteps, step), step, newProgress);
  }
}
