package charnn.train;

import charnn.model.Pace;
import charnn.model.Recipe;

/**
 * Keeps a run of a given time to its time: machines change their speed, by the minute where they
 * are shared with others. Now and then it sets the run another end, by the speed of late and what
 * an evaluation took.
 */
final class Pacer {
  /** Saving at the end and writing a sample. */
  private static final double END_SECONDS = 0.3;

  /** How much the latest stretch of steps weighs in the running average of a step's time. */
  private static final double LATEST_WEIGHT = 0.2;

  private static final int FIRST_STRETCHES = 3;

  private double perStep; // seconds
  private int stretches;
  private double perEvaluation; // seconds; 0 until it is known
  private long fromStep;
  private double fromSeconds;
  private double evaluationSeconds; // since fromStep

  /**
   * @param step where training stands
   * @param seconds of the run so far, on the clock
   */
  Pacer(long step, double seconds) {
    fromStep = step;
    fromSeconds = seconds;
  }

  /** An evaluation took so long. */
  void evaluated(double seconds) {
    perEvaluation = seconds;
    evaluationSeconds += seconds;
  }

  /**
   * Returns the pace to go on with; that of the recipe if the run is not of a given time.
   *
   * @param step where training stands
   * @param seconds of the run so far, on the clock
   */
  Pace next(Recipe recipe, long step, double seconds) {
    Pace pace = recipe.pace();
    if (pace.seconds() == 0 || step <= fromStep || step >= pace.totalSteps()) {
      return pace;
    }
    double latest = (seconds - fromSeconds - evaluationSeconds) / (step - fromStep);
    // The first stretches are slow, because Java compiles meanwhile: they are not averaged in.
    stretches++;
    perStep += (stretches <= FIRST_STRETCHES ? 1 : LATEST_WEIGHT) * (latest - perStep);
    fromStep = step;
    fromSeconds = seconds;
    evaluationSeconds = 0;
    double left = pace.seconds() - seconds - END_SECONDS;
    // At the end there is one more evaluation.
    double perStepInAll = perStep + perEvaluation / recipe.evaluateEvery();
    double steps = Math.max(1, Math.floor((left - perEvaluation) / perStepInAll));
    return pace.endingAt((long) Math.min(Pace.MAX_STEPS, step + steps), step);
  }
}
