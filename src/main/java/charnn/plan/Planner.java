package charnn.plan;

import charnn.data.TrainValidationSplit;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.ScheduleHorizon;
import charnn.model.SettingsChange;
import charnn.model.TrainingState;
import charnn.nn.Network;
import charnn.optim.DivergenceException;
import charnn.optim.TrainingStep;
import charnn.util.ThreadTeam;
import java.time.Duration;

/**
 * Decides the number of steps of a run, and its evaluation and report intervals, before the first
 * step.
 */
public final class Planner {
  /** A run of many epochs is evaluated this often, one of few epochs at least that often. */
  private static final int MOST_EVALUATIONS = 40;

  private static final int LEAST_EVALUATIONS = 8;

  /** A small text is overfitted within some dozens of epochs: it is evaluated this often, ... */
  private static final int MOST_EPOCHS = 8;

  /** ... but no run more often than so, because its files keep every evaluation. */
  private static final int MOST_EVALUATIONS_KEPT = 2000;

  /** How much slower than usual a machine is guessed to be. */
  private static final double SLOWNESS = 2.4;

  /** The machine's speed is not worth measuring, which takes seconds, before a shorter run. */
  private static final Duration WORTH_MEASURING = Duration.ofMinutes(1);

  /** Measuring takes none of a run's time: it may take as long as it needs. */
  private static final Duration NO_RUN = Duration.ofDays(1);

  private final EngineType kind;
  private final ThreadTeam workers;
  private final TrainValidationSplit split;
  private final TrainingClock clock;

  /**
   * @param clock of the run
   */
  public Planner(
      EngineType kind, ThreadTeam workers, TrainValidationSplit split, TrainingClock clock) {
    this.clock = clock;
    this.kind = kind;
    this.workers = workers;
    this.split = split;
  }

  /**
   * Returns the plan of a new run.
   *
   * @param network on a copy of which the speed is measured, if the run will be long
   * @param bytes of memory that it takes
   * @param measured whether to measure the speed for a short time, too, and as long as it takes
   */
  public Plan plan(TrainingSettings settings, Network network, double bytes, boolean measured) {
    Hyperparameters draft = settings.hyperparameters().toBuilder().engine(kind.toString()).build();
    long stepsPerEpoch = stepsPerEpoch(draft);
    double perStep = 0;
    long steps;
    if (settings.length() instanceof RunLength.Time time) {
      perStep =
          measured
              ? secondsPerStep(draft, network, NO_RUN)
              : isWorthMeasuring(time) ? secondsPerStep(draft, network, time.time()) : 0;
      double guess = perStep > 0 ? perStep : roughSecondsPerStep(draft, network);
      double seconds = seconds(time) - clock.seconds();
      // How often the run is evaluated depends on its length, and its length on the evaluations.
      long without = Math.max(1, (long) (seconds / guess));
      long every = planned(draft, settings, without, stepsPerEpoch).evaluateEvery();
      steps = Math.max(1, (long) (seconds / secondsWithEvaluation(draft, guess, every)));
    } else {
      steps = steps(settings.length(), stepsPerEpoch);
      if (isWorthMeasuring(steps, draft, network)) {
        perStep = secondsPerStep(draft, network, NO_RUN);
      }
    }
    Hyperparameters hyperparameters = planned(draft, settings, steps, stepsPerEpoch);
    return new Plan(
        network.architecture(),
        hyperparameters,
        split.training().length(),
        split.validation().length(),
        stepsPerEpoch,
        bytes,
        perStep == 0 ? 0 : characters(hyperparameters) / perStep,
        settings.length() instanceof RunLength.Time time
            ? seconds(time)
            : steps
                * secondsWithEvaluation(hyperparameters, perStep, hyperparameters.evaluateEvery()),
        perStep == 0
            ? Double.NaN
            : LossForecast.of(split, network.architecture(), steps * characters(hyperparameters)));
  }

  /** Returns whether a run is long enough to measure the machine's speed first. */
  public static boolean isWorthMeasuring(RunLength.Time length) {
    return length.time().compareTo(WORTH_MEASURING) >= 0;
  }

  private boolean isWorthMeasuring(long steps, Hyperparameters draft, Network network) {
    return steps * roughSecondsPerStep(draft, network) > WORTH_MEASURING.toSeconds();
  }

  private double roughSecondsPerStep(Hyperparameters draft, Network network) {
    double flop = characters(draft) * network.architecture().trainingFlop();
    double pace = kind.footprint().pace().applyAsDouble(network.architecture().cell());
    return flop / (workers.count() * pace * kind.footprint().flopsPerCore() / SLOWNESS);
  }

  private static double seconds(RunLength.Time length) {
    return length.time().toMillis() / 1e3;
  }

  private static double characters(Hyperparameters hyperparameters) {
    return (double) hyperparameters.batchSize() * hyperparameters.seqLength();
  }

  private static long steps(RunLength length, long stepsPerEpoch) {
    return length instanceof RunLength.Steps steps
        ? steps.steps()
        : Math.max(1, Math.round(((RunLength.Epochs) length).epochs() * stepsPerEpoch));
  }

  /**
   * Returns the hyperparameters of a resumed run that is given another end: a time counts from the
   * run's first step, and the speed so far gives how many steps that will be. The engine in it
   * stays the one that the run began with.
   *
   * @param hyperparameters of the resumed run, but for the plan
   * @param settings those of the run, but for the length
   * @param progress that it resumes from
   */
  public Hyperparameters extended(
      Hyperparameters hyperparameters, TrainingSettings settings, Model model, Progress progress) {
    RunLength length = settings.length();
    long stepsPerEpoch = progress.stepsPerEpoch();
    long steps;
    if (length instanceof RunLength.Time time) {
      double perStep =
          progress.step() > 0 && progress.seconds() > 0
              ? progress.seconds() / progress.step()
              : roughSecondsPerStep(model.hyperparameters(), model.network());
      double left = seconds(time) - progress.seconds();
      steps = progress.step() + (left > 0 ? Math.max(1, (long) (left / perStep)) : 0);
    } else {
      SettingsChange latest = progress.latestChange();
      steps =
          length instanceof RunLength.Epochs epochs
              ? latest.step() + Math.round((epochs.epochs() - latest.epoch()) * stepsPerEpoch)
              : steps(length, stepsPerEpoch);
    }
    return planned(hyperparameters, settings, steps, stepsPerEpoch);
  }

  private long stepsPerEpoch(Hyperparameters hyperparameters) {
    return TrainingStep.batches(hyperparameters, split.training()).stepsPerEpoch();
  }

  /** Measures the seconds of a step on a copy of the network. */
  private double secondsPerStep(Hyperparameters hyperparameters, Network network, Duration time) {
    Network copy = network.copy();
    TrainingState scratch = TrainingState.initial(copy.architecture(), hyperparameters.batchSize());
    try (TrainingStep trainingStep =
        new TrainingStep(
            kind.create(workers), workers, copy, scratch, hyperparameters, split.training())) {
      return Calibration.secondsPerStep(
          number -> {
            try {
              trainingStep.step(number, hyperparameters.schedule().learningRate() / 10);
            } catch (DivergenceException e) {
              // Only the time matters here.
              scratch.carried().reset();
            }
          },
          time);
    }
  }

  /** Returns the seconds of a step including its fraction of the evaluations. */
  private double secondsWithEvaluation(
      Hyperparameters hyperparameters, double perStep, long evaluateEvery) {
    return perStep
        * (1
            + TimeBudget.stepsOfEvaluation(hyperparameters, split.validation().length())
                / evaluateEvery);
  }

  /** Returns the evaluation interval in steps. */
  static long evaluateEvery(long totalSteps, long stepsPerEpoch) {
    long every =
        Math.max(
            Math.max(1, Math.min(totalSteps / MOST_EVALUATIONS, MOST_EPOCHS * stepsPerEpoch)),
            Math.min(totalSteps / LEAST_EVALUATIONS, stepsPerEpoch));
    return Math.max(every, totalSteps / MOST_EVALUATIONS_KEPT);
  }

  private static Hyperparameters planned(
      Hyperparameters draft, TrainingSettings settings, long totalSteps, long stepsPerEpoch) {
    long evaluateEvery = evaluateEvery(totalSteps, stepsPerEpoch);
    long defaultReportEvery = Hyperparameters.defaultReportEvery(evaluateEvery);
    return draft.toBuilder()
        .plan(
            settings.length() instanceof RunLength.Time time
                ? ScheduleHorizon.ofTime(totalSteps, seconds(time))
                : ScheduleHorizon.ofSteps(totalSteps),
            evaluateEvery / defaultReportEvery * defaultReportEvery,
            settings.reportEvery() > 0 ? settings.reportEvery() : defaultReportEvery)
        .build();
  }
}
