package charnn.plan;

import charnn.model.Hyperparameters;
import charnn.model.ScheduleHorizon;

/**
 * The controller of a time-budgeted run. After every step it decides anew, by the clock and by the
 * speed of late, how far along its schedule the run is, how many steps it will have, and how many
 * lie between two evaluations: machines change their speed by the minute where they are shared with
 * others, and the first steps of a process are slow.
 */
public final class TimeBudget {
  /** The speed is that of the last twentieth of the time, at least and at most of so long. */
  private static final double RECENT_PART = 0.05;

  private static final double LEAST_RECENT_SECONDS = 0.25;
  private static final double MOST_RECENT_SECONDS = 30;

  /** Later steps take this fraction of the first one, which the JIT compiler slows down. */
  private static final double PART_OF_FIRST_STEP = 0.25;

  /** The part of the time that evaluations may take, besides the last one. */
  private static final double EVALUATING_PART = 0.1;

  /** An evaluation is not supposed to take more than this part of the time before one is made. */
  private static final double MOST_SUPPOSED_PART = 0.2;

  /** The first evaluation is slow, too: it takes this part of the first step, at least. */
  private static final double FIRST_EVALUATION_PART = 0.5;

  /** The JIT has compiled the steps after so much of them; they get no faster from then on. */
  private static final double COLD_SECONDS = 3;

  /** The first file takes this long more than another one: the JVM loads the classes for it. */
  private static final double COLD_SAVE_SECONDS = 0.1;

  /**
   * The learning rate rises for {@link ScheduleHorizon#WARM_UP_STEPS}, but in no more than this
   * time.
   */
  private static final double WARM_UP_PART = 0.2;

  /** If so much of the time is left after the last evaluation, training continues. */
  private static final double WORTH_MORE_STEPS = 0.03;

  /**
   * The end of a run writes two files and a smaller one, and samples a little more than an
   * evaluation does.
   */
  private static final double SAVES_AT_END = 2;

  private static final double SAMPLES_AT_END = 2;
  private static final double EXIT_SECONDS = 0.1;

  private final double budget; // seconds; 0 if not time-budgeted
  private final long stepsPerEpoch;
  private final double stepsOfEvaluation; // that take as long as one, about
  private final boolean rowsFollow; // rows of metrics move with the evaluations
  private final double secondsPerStepBefore; // in earlier processes of the run, 0 if none

  private long fromStep; // where the latest step began
  private double fromSeconds;
  private double otherSeconds; // spent since then on evaluating and saving
  private long steps; // made in this process
  private double firstStep; // seconds, 0 before it is made
  private double recentSteps; // decaying sums over the steps but the first
  private double recentSeconds;
  private double stepping; // seconds spent on steps in this process
  private double evaluation; // seconds that another one took at the latest, with its sample
  private double sample; // seconds of that
  private double perStepAtEvaluation; // seconds per step when that was made
  private boolean warmAtEvaluation;
  private boolean hasEvaluated;
  private double save; // seconds that another one takes
  private boolean hasSaved;
  private double warmth; // part of the highest rate that the warm-up has come to
  private boolean over; // the last step is made, as it seems

  /**
   * @param hyperparameters as the run starts or resumes
   * @param step where training stands
   * @param seconds of the run so far, on its clock
   * @param stepsPerEpoch of one epoch
   * @param validationCharacters that an evaluation reads
   * @param rowsFollow whether rows of metrics lie a tenth of the evaluations' distance apart
   */
  public TimeBudget(
      Hyperparameters hyperparameters,
      long step,
      double seconds,
      long stepsPerEpoch,
      long validationCharacters,
      boolean rowsFollow) {
    this.budget = hyperparameters.horizon().seconds();
    this.stepsPerEpoch = stepsPerEpoch;
    this.stepsOfEvaluation = stepsOfEvaluation(hyperparameters, validationCharacters);
    this.rowsFollow = rowsFollow;
    this.secondsPerStepBefore = step > 0 ? seconds / step : 0;
    this.warmth = step / Math.max(1.0, Math.max(step, hyperparameters.horizon().warmUpSteps()));
    continuesAt(step, seconds);
  }

  /**
   * Returns about how many training steps take as long as an evaluation: reading a character costs
   * a third of training on it.
   */
  static double stepsOfEvaluation(Hyperparameters hyperparameters, long validationCharacters) {
    return validationCharacters / (3.0 * hyperparameters.batchSize() * hyperparameters.seqLength());
  }

  /** Training continues at another step: it starts or was rolled back. */
  public void continuesAt(long step, double seconds) {
    fromStep = step;
    fromSeconds = seconds;
    otherSeconds = 0;
  }

  /**
   * An evaluation was made.
   *
   * @param seconds that it took
   * @param again seconds that another one would take; the first is slow, because of the JIT
   *     compiler
   * @param ofSample what of that the sample takes
   */
  public void evaluated(double seconds, double again, double ofSample) {
    evaluation = again;
    sample = ofSample;
    perStepAtEvaluation = secondsPerStep();
    warmAtEvaluation = stepping >= COLD_SECONDS;
    hasEvaluated = true;
    otherSeconds += seconds;
  }

  /** A file of the run was written while training waited for it. */
  public void saved(double seconds) {
    save = Math.max(0, seconds - (hasSaved ? 0 : COLD_SAVE_SECONDS));
    hasSaved = true;
    otherSeconds += seconds;
  }

  /**
   * Returns the hyperparameters to continue with; the same if the run is not time-budgeted. Its
   * last step is the one at which training stands if the time is over.
   *
   * @param step where training stands
   * @param seconds of the run so far, on its clock
   */
  public Hyperparameters next(Hyperparameters hyperparameters, long step, double seconds) {
    if (budget == 0) {
      return hyperparameters;
    }
    double progress = hyperparameters.horizon().progress(Math.min(step, fromStep));
    double latest = step > fromStep ? seconds - fromSeconds - otherSeconds : 0;
    if (step > fromStep) {
      measure(latest, step - fromStep);
      continuesAt(step, seconds);
    }
    double perStep = secondsPerStep();
    if (step == 0 || perStep == 0) {
      return hyperparameters;
    }
    double left = budget - seconds - endSeconds(perStep);
    over = left < (over ? Math.max(perStep, WORTH_MORE_STEPS * budget) : perStep / 2);
    double evaluating =
        Math.min(
            EVALUATING_PART,
            evaluationSeconds(perStep) / (hyperparameters.evaluateEvery() * perStep));
    double leftForSteps = over ? 0 : left / (1 + evaluating);
    long stepsLeft = over ? 0 : Math.max(1, Math.round(leftForSteps / perStep));
    long total = Math.min(ScheduleHorizon.MAX_STEPS, step + stepsLeft);
    ScheduleHorizon horizon;
    if (step < hyperparameters.horizon().warmUpSteps() && !over) {
      horizon = ScheduleHorizon.warmingUp(total, budget, warmUpSteps(step, leftForSteps));
    } else {
      double part = over ? 1 : latest / (latest + leftForSteps);
      horizon = hyperparameters.horizon().at(total, step, progress + (1 - progress) * part);
    }
    long evaluateEvery = evaluateEvery(total, perStep);
    if (!rowsFollow
        && Hyperparameters.defaultReportEvery(evaluateEvery) == hyperparameters.reportEvery()) {
      evaluateEvery += Hyperparameters.ROWS_PER_EVALUATION; // else the rows would seem to follow
    }
    long reportEvery =
        rowsFollow
            ? Hyperparameters.defaultReportEvery(evaluateEvery)
            : hyperparameters.reportEvery();
    return hyperparameters.toBuilder().plan(horizon, evaluateEvery, reportEvery).build();
  }

  private void measure(double seconds, long made) {
    stepping += seconds;
    steps += made;
    if (firstStep == 0) {
      firstStep = seconds / made;
      return;
    }
    double recent =
        Math.min(MOST_RECENT_SECONDS, Math.max(LEAST_RECENT_SECONDS, RECENT_PART * budget));
    double decay = Math.exp(-seconds / recent);
    recentSteps = decay * recentSteps + made;
    recentSeconds = decay * recentSeconds + seconds;
  }

  /** Returns the seconds that the next step takes, 0 if that is not known. */
  private double secondsPerStep() {
    if (recentSteps > 0) {
      return recentSeconds / recentSteps;
    }
    return secondsPerStepBefore > 0 ? secondsPerStepBefore : PART_OF_FIRST_STEP * firstStep;
  }

  /**
   * Returns how many times what it took a measured evaluation grows: on a machine that others use,
   * it gets slower and faster with the steps. But those of a process that has just begun are no
   * measure for it.
   */
  private double sinceEvaluation(double perStep) {
    return warmAtEvaluation ? perStep / perStepAtEvaluation : 1;
  }

  private double evaluationSeconds(double perStep) {
    return hasEvaluated
        ? evaluation * sinceEvaluation(perStep)
        : Math.min(stepsOfEvaluation * perStep, MOST_SUPPOSED_PART * budget);
  }

  /** Returns what is still to be done after the last step. */
  private double endSeconds(double perStep) {
    double last = evaluationSeconds(perStep);
    if (!hasEvaluated) {
      last =
          Math.max(last, Math.min(FIRST_EVALUATION_PART * firstStep, MOST_SUPPOSED_PART * budget));
    }
    return last
        + SAVES_AT_END * save
        + SAMPLES_AT_END * sample * sinceEvaluation(perStep)
        + EXIT_SECONDS;
  }

  private long evaluateEvery(long total, double perStep) {
    double least = evaluationSeconds(perStep) / (EVALUATING_PART * perStep);
    return (long)
        Math.min(
            ScheduleHorizon.MAX_STEPS,
            Math.max(Planner.evaluateEvery(total, stepsPerEpoch), Math.ceil(least)));
  }

  /**
   * Returns when the warm-up ends: the rate is never behind the square of the part of its time that
   * is over, and never falls.
   */
  private long warmUpSteps(long step, double leftForSteps) {
    double part = stepping / (stepping + leftForSteps) / WARM_UP_PART;
    double least = Math.min(1, Math.max(warmth, part * part));
    long end =
        (long) Math.min(ScheduleHorizon.WARM_UP_STEPS, Math.max(step + 1, (step + 1) / least));
    warmth = (double) (step + 1) / end;
    return end;
  }
}
