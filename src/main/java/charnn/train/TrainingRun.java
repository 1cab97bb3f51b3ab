package charnn.train;

import static charnn.text.Messages.format;

import charnn.engine.Engine;
import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.generate.Generator;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.model.Architecture;
import charnn.model.Model;
import charnn.model.ModelFile;
import charnn.model.Network;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.Recipe;
import charnn.model.RunDirectory;
import charnn.model.Score;
import charnn.model.TrainingState;
import charnn.score.Evaluator;
import charnn.text.Alphabet;
import charnn.text.Corpus;
import charnn.text.Seeds;
import charnn.text.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One training run in its directory: made new or taken up from its last checkpoint, trained to its
 * end or until interrupted. Everything that decides the result is in the checkpoint, so that an
 * interrupted run ends as an uninterrupted one would have.
 */
public final class TrainingRun {
  /** How a run stopped. */
  public enum Outcome {
    FINISHED,
    INTERRUPTED
  }

  private static final long CHECKPOINT_NANOS = 60_000_000_000L;
  private static final int SAMPLE_LENGTH = 300;
  private static final double SAMPLE_TEMPERATURE = 0.8;

  private RunDirectory directory;
  private final EngineKind kind;
  private final Workers workers;
  private final Model start;
  private final TrainingState state;
  private final Split split;

  // What changes from step to step:
  private long step;
  private double secondsBefore; // spent on the clock before this process went on
  private long startNanos = System.nanoTime();
  private Score sinceReport;
  private Score heldOut; // the latest, null if there is none yet
  private final List<Progress.Evaluation> evaluations;

  private TrainingRun(
      EngineKind kind, Workers workers, Model start, TrainingState state, Split split) {
    this.kind = kind;
    this.workers = workers;
    this.start = start;
    this.state = state;
    this.split = split;
    Progress progress = start.progress();
    step = progress.step();
    secondsBefore = progress.seconds();
    sinceReport = progress.sinceReport();
    evaluations = new ArrayList<>(progress.evaluations());
    heldOut = evaluations.isEmpty() ? null : evaluations.get(evaluations.size() - 1).heldOut();
  }

  /**
   * Prepares a new run. A time budget is turned into a number of steps here, which takes up to
   * three seconds.
   *
   * @param notes told how many steps that is
   * @throws TrainingException if the text is too short
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public static TrainingRun create(
      TrainingSettings settings,
      Corpus corpus,
      EngineKind kind,
      Workers workers,
      Consumer<String> notes)
      throws IOException {
    Alphabet alphabet = Alphabet.ofText(corpus.text());
    Architecture architecture =
        new Architecture(alphabet.size(), settings.hiddenSize(), settings.layers());
    requireSupported(kind, settings.windows());
    Split split = split(corpus, alphabet, settings.heldOutFraction(), settings.seqLength());
    Recipe.requireFits(architecture, settings.batchSize(), settings.seqLength());
    Network network = Network.initialised(architecture, settings.seed());
    Recipe recipe = new Planner(kind, workers, split, notes).plan(settings, network);
    Progress progress =
        new Progress(
            0,
            Learner.windows(recipe, split.training()).stepsPerEpoch(),
            0,
            0,
            Score.NONE,
            List.of());
    Model model = new Model(network, alphabet, recipe, progress, Provenance.here(corpus));
    return new TrainingRun(
        kind, workers, model, TrainingState.initial(architecture, recipe.batchSize()), split);
  }

  /**
   * Takes a run up where its last checkpoint stands.
   *
   * @param checkpoint of the run
   * @param corpus the same text as before
   * @param settings the same as before, but for the length, which may set another end
   * @param notes told how many steps a time becomes
   * @throws TrainingException if the text or the settings are not the same, or the run is past the
   *     new end
   */
  public static TrainingRun resume(
      ModelFile.Checkpoint checkpoint,
      Corpus corpus,
      TrainingSettings settings,
      EngineKind kind,
      Workers workers,
      Consumer<String> notes)
      throws IOException {
    Model model = checkpoint.model();
    requireSameText(model.provenance(), corpus);
    TrainingSettings before = TrainingSettings.of(model);
    List<String> differences = settings.differences(before);
    if (!differences.isEmpty()) {
      throw new TrainingException(
          format(
              "the run was started with other settings: it cannot go on with %s. Leave them out, or start a new run",
              String.join("; ", differences)));
    }
    Recipe recipe = model.recipe();
    requireSupported(kind, recipe.windows());
    Split split = split(corpus, model.alphabet(), recipe.heldOutFraction(), recipe.seqLength());
    if (!settings.length().equals(before.length())) {
      recipe = new Planner(kind, workers, split, notes).extended(settings.length(), model);
      if (recipe.totalSteps() < model.progress().step()) {
        throw new TrainingException(
            format(
                "the run has already made %,d steps, more than the %,d asked for; ask for more",
                model.progress().step(), recipe.totalSteps()));
      }
    }
    Model start =
        new Model(
            model.network(),
            model.alphabet(),
            recipe,
            model.progress(),
            model.provenance().withCorpus(corpus));
    return new TrainingRun(kind, workers, start, checkpoint.training().orElseThrow(), split);
  }

  private static void requireSupported(EngineKind kind, Recipe.Order windows) {
    if (windows == Recipe.Order.STREAM && !kind.carriesState()) {
      throw new IllegalArgumentException(
          "--engine dl4j trains only on windows from zero state, because DL4J's gradients are wrong for carried state; add"
              + " --windows random");
    }
  }

  private static Split split(
      Corpus corpus, Alphabet alphabet, double heldOutFraction, int seqLength)
      throws TrainingException {
    Split split = Split.of(alphabet.encode(corpus.text()), heldOutFraction);
    if (split.training().length <= seqLength) {
      throw new TrainingException(
          format(
              "the text is too short: %,d characters to train on are fewer than one window of %d + 1; add text or lower --seq-length",
              split.training().length, seqLength));
    }
    return split;
  }

  private static void requireSameText(Provenance before, Corpus corpus) throws TrainingException {
    if (!before.textSha256().equals(corpus.textSha256())) {
      throw new TrainingException(
          format(
              "the run was started on another text (%s); resume it with that, or start a new run with another --name",
              String.join(", ", before.corpus().stream().map(Corpus.Source::name).toList())));
    }
  }

  /** Tells how far the run has come. */
  public Progress progress() {
    return new Progress(
        step,
        start.progress().stepsPerEpoch(),
        step * charactersPerStep(),
        seconds(),
        sinceReport,
        evaluations);
  }

  /** Tells whether the last step has been made. */
  public boolean isFinished() {
    return step >= start.recipe().totalSteps();
  }

  /**
   * Trains.
   *
   * @param runDirectory where to save; made by the caller
   * @param listener told what happens
   * @param interrupted asked before every step; once it says so, everything is saved and training
   *     stops
   */
  public Outcome run(
      RunDirectory runDirectory, TrainingListener listener, BooleanSupplier interrupted)
      throws IOException {
    directory = runDirectory;
    Recipe recipe = start.recipe();
    LearningRate rate = new LearningRate(recipe.learningRate(), recipe.totalSteps());
    Engine engine = kind.create(workers);
    startNanos = System.nanoTime();
    long savedNanos = startNanos;
    listener.started(start);
    if (step == 0) {
      save(); // From here on, there is something to go on from.
    }
    try (Learner learner =
        new Learner(engine, workers, start.network(), state, recipe, split.training())) {
      Evaluator evaluator = new Evaluator(engine, workers);
      while (step < recipe.totalSteps()) {
        if (interrupted.getAsBoolean()) {
          save();
          return Outcome.INTERRUPTED;
        }
        double stepRate = rate.at(step);
        sinceReport = sinceReport.plus(makeStep(learner, stepRate));
        step++;
        boolean last = step == recipe.totalSteps();
        if (step % recipe.evaluateEvery() == 0 || last) {
          evaluate(engine, evaluator, listener);
        }
        TrainingListener.Metrics metrics = metrics(stepRate);
        listener.stepped(metrics);
        if (step % recipe.reportEvery() == 0 || last) {
          listener.reported(metrics);
          sinceReport = Score.NONE;
        }
        if (System.nanoTime() - savedNanos > CHECKPOINT_NANOS) {
          save();
          savedNanos = System.nanoTime();
        }
      }
      save();
      return Outcome.FINISHED;
    }
  }

  private Score makeStep(Learner learner, double rate) throws TrainingException {
    try {
      return learner.step(step, rate);
    } catch (TrainingException e) {
      throw new TrainingException(advice(e.getMessage()));
    }
  }

  private String advice(String problem) {
    return format(
        "%s; what run '%s' had saved is intact. Start another run with a lower --learning-rate than %s",
        problem, directory.name(), start.recipe().learningRate());
  }

  private void evaluate(Engine engine, Evaluator evaluator, TrainingListener listener)
      throws IOException {
    boolean best = true;
    if (split.heldOut().length > 1) {
      double bestBefore = progress().bestLoss();
      heldOut = evaluator.evaluate(start.network(), split.heldOut(), done -> {});
      if (!Double.isFinite(heldOut.lossSum())) {
        throw new TrainingException(
            advice("the held-out loss became " + heldOut.loss() + " at step " + step));
      }
      Progress.Evaluation evaluation = new Progress.Evaluation(step, sinceReport.loss(), heldOut);
      evaluations.add(evaluation);
      best = heldOut.loss() < bestBefore;
      listener.evaluated(evaluation, best);
    }
    Model now = model(start.provenance().withoutPaths());
    long sampleSeed = Seeds.mix(now.recipe().seed(), Seeds.SAMPLES, step);
    Sampler sampler = SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE).sampler(sampleSeed);
    listener.sampled(step, new Generator(engine, now).text(SAMPLE_LENGTH, sampler));
    if (best) {
      ModelFile.write(directory.best(), now, null);
    }
  }

  private TrainingListener.Metrics metrics(double rate) {
    return new TrainingListener.Metrics(
        step,
        start.recipe().totalSteps(),
        (double) step / start.progress().stepsPerEpoch(),
        step * charactersPerStep(),
        rate,
        sinceReport,
        heldOut,
        seconds());
  }

  private void save() throws IOException {
    ModelFile.write(directory.last(), model(start.provenance()), state);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
  }

  private long charactersPerStep() {
    return (long) start.recipe().batchSize() * start.recipe().seqLength();
  }

  private Model model(Provenance provenance) {
    return new Model(start.network(), start.alphabet(), start.recipe(), progress(), provenance);
  }
}
