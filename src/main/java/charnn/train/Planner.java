package charnn.train;

import static charnn.text.Messages.format;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.model.Model;
import charnn.model.Network;
import charnn.model.Recipe;
import charnn.model.TrainingState;
import charnn.text.Split;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Decides, before the first step, how many steps a run makes and how often it is evaluated and
 * reported.
 */
final class Planner {
  /** A run of many epochs is evaluated this often, one of few epochs at least that often. */
  private static final int MOST_EVALUATIONS = 40;

  private static final int LEAST_EVALUATIONS = 8;
  private static final int REPORTS_PER_EVALUATION = 10;

  /** Operations per second that a core does at least, on a machine of these years. */
  private static final double ROUGH_OPERATIONS = 25e9;

  /** Measuring takes three seconds. */
  private static final double WORTH_MEASURING_SECONDS = 300;

  private final EngineKind kind;
  private final Workers workers;
  private final Split split;
  private final Consumer<String> notes;

  /**
   * @param notes told how many steps a time becomes
   */
  Planner(EngineKind kind, Workers workers, Split split, Consumer<String> notes) {
    this.kind = kind;
    this.workers = workers;
    this.split = split;
    this.notes = notes;
  }

  /**
   * Returns the recipe of a new run.
   *
   * @param network on a copy of which the speed is measured, if the length is a time
   */
  Recipe plan(TrainingSettings settings, Network network) {
    Recipe draft = recipe(settings, 1, 1);
    long stepsPerEpoch = stepsPerEpoch(draft);
    return recipe(settings, steps(settings, draft, network, stepsPerEpoch), stepsPerEpoch);
  }

  private long steps(TrainingSettings settings, Recipe draft, Network network, long stepsPerEpoch) {
    if (!(settings.length() instanceof RunLength.Time time)) {
      long steps = steps(settings.length(), stepsPerEpoch);
      predict(steps, draft, network, stepsPerEpoch);
      return steps;
    }
    double perStep = secondsPerStep(draft, network, time.time());
    double seconds = time.time().toMillis() / 1e3;
    // How often the run is evaluated depends on its length, and its length on the evaluations.
    long without = Math.max(1, (long) (seconds / perStep));
    long every = recipe(settings, without, stepsPerEpoch).evaluateEvery();
    long steps = Math.max(1, (long) (seconds / secondsWithEvaluation(draft, perStep, every)));
    note(time.time(), steps, stepsPerEpoch, draft, perStep);
    return steps;
  }

  /** Tells how long a run takes that may well be long. */
  private void predict(long steps, Recipe draft, Network network, long stepsPerEpoch) {
    double characters = (double) draft.batchSize() * draft.seqLength();
    double roughly =
        steps
            * characters
            * network.architecture().trainingOperations()
            / (workers.count() * ROUGH_OPERATIONS);
    if (roughly < WORTH_MEASURING_SECONDS) {
      return;
    }
    double perStep = secondsPerStep(draft, network, Duration.ofDays(1));
    notes.accept(
        format(
            "%,d steps (%,.1f epochs) will take about %s at %,.0f characters/s on this machine",
            steps,
            (double) steps / stepsPerEpoch,
            Durations.format(Duration.ofSeconds((long) (steps * perStep))),
            characters / perStep));
  }

  private static long steps(RunLength length, long stepsPerEpoch) {
    return length instanceof RunLength.Steps steps
        ? steps.steps()
        : Math.max(1, Math.round(((RunLength.Epochs) length).epochs() * stepsPerEpoch));
  }

  /**
   * Returns the recipe of a resumed run that is given another end: a time counts from the run's
   * first step.
   */
  Recipe extended(RunLength length, Model model) {
    long stepsPerEpoch = model.progress().stepsPerEpoch();
    long steps;
    if (length instanceof RunLength.Time time) {
      double perStep = secondsPerStep(model.recipe(), model.network(), time.time());
      double left = time.time().toMillis() / 1e3 - model.progress().seconds();
      double perStepInAll =
          secondsWithEvaluation(model.recipe(), perStep, model.recipe().evaluateEvery());
      steps = model.progress().step() + Math.max(0, (long) (left / perStepInAll));
      note(time.time(), steps, stepsPerEpoch, model.recipe(), perStep);
    } else {
      steps = steps(length, stepsPerEpoch);
    }
    return recipe(TrainingSettings.of(model), steps, stepsPerEpoch);
  }

  private void note(Duration time, long steps, long stepsPerEpoch, Recipe recipe, double perStep) {
    notes.accept(
        format(
            "%s of training is about %,d steps (%,.1f epochs) at %,.0f characters/s on this machine",
            Durations.format(time),
            steps,
            (double) steps / stepsPerEpoch,
            recipe.batchSize() * recipe.seqLength() / perStep));
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
              learner.step(number, recipe.learningRate() / 10);
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
    double trainedPerStep = (double) recipe.batchSize() * recipe.seqLength();
    return perStep * (1 + split.heldOut().length / (3 * trainedPerStep * evaluateEvery));
  }

  private Recipe recipe(TrainingSettings settings, long totalSteps, long stepsPerEpoch) {
    long evaluateEvery =
        Math.max(
            Math.max(1, totalSteps / MOST_EVALUATIONS),
            Math.min(totalSteps / LEAST_EVALUATIONS, stepsPerEpoch));
    long reportEvery = Math.max(1, evaluateEvery / REPORTS_PER_EVALUATION);
    return new Recipe(
        settings.batchSize(),
        settings.seqLength(),
        settings.dropout(),
        settings.learningRate(),
        settings.heldOutFraction(),
        settings.windows(),
        settings.seed(),
        kind.toString(),
        totalSteps,
        evaluateEvery / reportEvery * reportEvery,
        reportEvery);
  }
}
