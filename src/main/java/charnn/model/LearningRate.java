package charnn.model;

/**
 * The learning rate of each step: a linear warm-up, then half a cosine down to {@value
 * #FINAL_FRACTION} of the highest rate (Loshchilov and Hutter, "SGDR: stochastic gradient descent
 * with warm restarts", 2017); or, where the schedule says so, a fall by a factor every so many
 * steps, without a warm-up.
 */
public record LearningRate(Schedule schedule, ScheduleHorizon horizon) {
  private static final double FINAL_FRACTION = 0.02;

  /** Returns the rate of a step, counted from 0. */
  public double at(long step) {
    double highest = schedule.learningRate();
    if (!schedule.isCosine()) {
      return highest * StrictMath.pow(schedule.decayFactor(), step / schedule.decayEvery());
    }
    if (step < horizon.warmUpSteps()) {
      return highest * (step + 1) / horizon.warmUpSteps();
    }
    double cosine = 0.5 * (1 + StrictMath.cos(StrictMath.PI * horizon.progress(step)));
    return highest * (FINAL_FRACTION + (1 - FINAL_FRACTION) * cosine);
  }
}
