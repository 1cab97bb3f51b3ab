package charnn.train;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.model.Model;
import charnn.model.Network;
import charnn.model.Pace;
import charnn.model.Recipe;
import charnn.model.TrainingState;
import charnn.text.Split;
import java.time.Duration;

/**
 * Decides, before the first step, how many steps a run makes and how often it is evaluated and
 * reported.
 */
final class Planner {
  /** A run of many epochs is evaluated this often, one of few epochs at least that often. */
  private static final int MOST_EVALUATIONS = 40;

  private static final int LEAST_EVALUATIONS = 8;

  /** A small text is learned by heart in some dozens of epochs: it is evaluated this often, ... */
  private static final int MOST_EPOCHS = 8;

  /** ... but no run more often than so, because its files keep every evaluation. */
  private static final int MOST_EVALUATIONS_KEPT = 2000;

  /** Operations per second that a core does at least, on a machine of these years. */
  private static final double ROUGH_OPERATIONS = 25e9;

  /** How long a run takes is not worth measuring, which takes seconds, if it is less. */
  private static final double WORTH_MEASURING_SECONDS = 60;

  private final EngineKind kind;
  private final Workers workers;
  private final Split split;
  private final long beginning;

  /**
   * @param beginning of the run on the clock, in {@link System#nanoTime}
   */
  Planner(EngineKind kind, Workers workers, Split split, long beginning) {
    this.beginning = beginning;
    this.kind = kind;
    this.workers = workers;
    this.split = split;
  }

  /**
   * Returns the plan of a new run.
   *
   * @param network on a copy of which the speed is measured, if the length is a time or the run
   *     will be long
   * @param bytes of memory that it takes
   */
  Plan plan(TrainingSettings settings, Network network, double bytes) {
    Recipe draft = recipe(settings, kind.toString(), 1, 1);
    long stepsPerEpoch = stepsPerEpoch(draft);
    double perStep = 0;
    long steps;
    if (settings.length() instanceof RunLength.Time time) {
      perStep = secondsPerStep(draft, network, time.time());
      double seconds = time.time().toMillis() / 1e3 - (System.nanoTime() - beginning) / 1e9;
      // How often the run is evaluated depends on its length, and its length on the evaluations.
      long without = Math.max(1, (long) (seconds / perStep));
      long every = recipe(settings, kind.toString(), without, stepsPerEpoch).evaluateEvery();
      steps = Math.max(1, (long) (seconds / secondsWithEvaluation(draft, perStep, every)));
    } else {
      steps = steps(settings.length(), stepsPerEpoch);
      if (isWorthMeasuring(steps, draft, network)) {
        perStep = secondsPerStep(draft, network, Duration.ofDays(1));
      }
    }
    Recipe recipe = recipe(settings, kind.toString(), steps, stepsPerEpoch);
    return new Plan(
        network.architecture(),
        recipe,
        split.training().length,
        split.heldOut().length,
        stepsPerEpoch,
        bytes,
        perStep == 0 ? 0 : characters(recipe) / perStep,
        settings.length() instanceof RunLength.Time time
            ? time.time().toMillis() / 1e3
            : steps * secondsWithEvaluation(recipe, perStep, recipe.evaluateEvery()),
        perStep == 0
            ? Double.NaN
            : ExpectedLoss.of(
                split,
                network.architecture().alphabetSize(),
                steps * characters(recipe) * network.architecture().trainingOperations()));
  }

  private boolean isWorthMeasuring(long steps, Recipe draft, Network network) {
    double operations = characters(draft) * network.architecture().trainingOperations();
    return steps * operations / (workers.count() * ROUGH_OPERATIONS) > WORTH_MEASURING_SECONDS;
  }

  private static double characters(Recipe recipe) {
    return (double) recipe.batchSize() * recipe.seqLength();
  }

  private static long steps(RunLength length, long stepsPerEpoch) {
    return length instanceof RunLength.Steps steps
        ? steps.steps()
        : Math.max(1, Math.round(((RunLength.Epochs) length).epochs() * stepsPerEpoch));
  }

  /**
   * Returns the recipe of a resumed run that is given another end: a time counts from the run's
   * first step. The engine in it stays the one that the run began with.
   *
   * @param settings those of the run, but for the length
   */
  Recipe extended(TrainingSettings settings, Model model) {
    RunLength length = settings.length();
    long stepsPerEpoch = model.progress().stepsPerEpoch();
    long steps;
    if (length instanceof RunLength.Time time) {
      double perStep = secondsPerStep(model.recipe(), model.network(), time.time());
      double left = time.time().toMillis() / 1e3 - model.progress().seconds();
      double perStepInAll =
          secondsWithEvaluation(model.recipe(), perStep, model.recipe().evaluateEvery());
      steps = model.progress().step() + Math.max(0, (long) (left / perStepInAll));
    } else {
      steps = steps(length, stepsPerEpoch);
    }
    return recipe(settings, model.recipe().engine(), steps, stepsPerEpoch);
  }

  private long stepsPerEpoch(Recipe recipe) {
    return Learner.windows(recipe, split.training()).stepsPerEpoch();
  }

  /** Measures the seconds of a step on a copy of the network. */
  private double secondsPerStep(Recipe recipe, Network network, Duration time) {
    Network copy = network.copy();
    TrainingState scratch = TrainingState.initial(copy.architecture(), recipe.batchSize());
    try (Learner learner =
        new Learner(kind.create(workers), workers, copy, scratch, recipe, split.training())) {
      return TimeBudget.secondsPerStep(
          number -> {
            try {
              learner.step(number, recipe.schedule().learningRate() / 10);
            } catch (TrainingException e) {
              // Only the time matters here; if it happens in the run itself, that will say so.
              scratch.carried().reset();
            }
          },
          time);
    }
  }

  /**
   * Adds to a step its share of the evaluations: reading a character costs about a third of
   * training on it.
   */
  private double secondsWithEvaluation(Recipe recipe, double perStep, long evaluateEvery) {
    return perStep * (1 + split.heldOut().length / (3 * characters(recipe) * evaluateEvery));
  }

  private Recipe recipe(
      TrainingSettings settings, String engine, long totalSteps, long stepsPerEpoch) {
    long evaluateEvery =
        Math.max(
            Math.max(1, Math.min(totalSteps / MOST_EVALUATIONS, MOST_EPOCHS * stepsPerEpoch)),
            Math.min(totalSteps / LEAST_EVALUATIONS, stepsPerEpoch));
    evaluateEvery = Math.max(evaluateEvery, totalSteps / MOST_EVALUATIONS_KEPT);
    long paceEvery = Recipe.paceEvery(evaluateEvery);
    return new Recipe(
        settings.batchSize(),
        settings.seqLength(),
        settings.regularization(),
        settings.schedule(),
        settings.heldOutFraction(),
        settings.windows(),
        settings.seed(),
        engine,
        settings.length() instanceof RunLength.Time time
            ? Pace.ofTime(totalSteps, time.time().toMillis() / 1e3)
            : Pace.ofSteps(totalSteps),
        evaluateEvery / paceEvery * paceEvery,
        settings.reportEvery() > 0 ? settings.reportEvery() : paceEvery,
        settings.patience());
  }
}
