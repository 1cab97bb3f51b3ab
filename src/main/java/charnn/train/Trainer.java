package charnn.train;

import static charnn.util.Formats.format;

import charnn.checkpoint.CheckpointWriter;
import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.data.Corpus;
import charnn.data.EncodedCorpus;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.eval.TextAnalysis;
import charnn.generate.Generator;
import charnn.generate.Sampler;
import charnn.generate.SamplingSettings;
import charnn.model.Hyperparameters;
import charnn.model.LearningRate;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.Regularization;
import charnn.model.TextStatistics;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.optim.DivergenceException;
import charnn.optim.TrainingStep;
import charnn.plan.MemoryEstimate;
import charnn.plan.Plan;
import charnn.plan.Planner;
import charnn.plan.TimeBudget;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.util.Durations;
import charnn.util.InvalidSettingException;
import charnn.util.RandomStreams;
import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * One training run in its directory. It starts anew or resumes from its last checkpoint, and trains
 * to its end or until interrupted. Everything that decides the result is in the checkpoint: an
 * interrupted run ends bit-identical to an uninterrupted one.
 */
public final class Trainer {
  /** How a run stopped. */
  public enum Outcome {
    FINISHED,
    STOPPED_EARLY,
    INTERRUPTED
  }

  /** The fraction of Java's memory that large arrays can fill. */
  private static final double USABLE_MEMORY = 0.75;

  /** The weight of a step in the running average of the loss. */
  private static final double AVERAGE_WEIGHT = 0.01;

  /** The end of an epoch is saved after this fraction of the usual interval: 1/10. */
  private static final int EPOCH_PART = 10;

  private static final int SAMPLE_LENGTH = 300;
  private static final double SAMPLE_TEMPERATURE = 0.8;

  private final EngineType kind;
  private final ThreadTeam workers;
  private final Model start;
  private final TrainingState state;
  private final TrainValidationSplit split;
  private final DivergenceGuard guard;
  private final Plan plan; // null for a resumed run
  private final boolean hyperparametersChanged; // since the checkpoint was written
  private final TrainingClock clock; // of this process
  private final boolean rowsFollow; // rows of metrics keep a tenth of the evaluation interval

  // Set by run:
  private RunDirectory directory;
  private TrainingListener listener;
  private BooleanSupplier interrupted;
  private CheckpointWriter writer;
  private final Queue<String> writerWarnings = new ConcurrentLinkedQueue<>();
  private Engine engine;
  private TimeBudget budget;
  private volatile boolean stopping;
  private volatile double lastQuarter; // seconds at which the last quarter of an evaluation began

  // What changes from step to step:
  private Hyperparameters
      hyperparameters; // in a time-budgeted run, its schedule and intervals change
  private LearningRate rate;
  private long step;
  private double secondsBefore; // spent before this process
  private LossMetrics sinceReport;
  private LossMetrics validation; // the latest, null if there is none yet
  private final List<Progress.Evaluation> evaluations = new ArrayList<>();
  private double latestRate; // the learning rate of the latest step
  private double averageLoss;
  private int rollbacks;
  private int givenBack;
  private boolean workPending;
  private Long samplesBytes; // of samples.txt; null if unknown
  private boolean stoppedEarly;
  private long evaluatedAt; // step of the latest evaluation

  private Trainer(
      EngineType kind,
      ThreadTeam workers,
      Model start,
      TrainingState state,
      TrainValidationSplit split,
      Plan plan,
      Hyperparameters before,
      TrainingClock clock,
      boolean rowsFollow) {
    this.plan = plan;
    this.clock = clock;
    this.rowsFollow = rowsFollow;
    this.hyperparametersChanged = !before.equals(start.hyperparameters());
    this.kind = kind;
    this.workers = workers;
    this.start = start;
    this.state = state;
    this.split = split;
    this.guard = new DivergenceGuard(start.provenance().text(), start.vocabulary().size());
    this.hyperparameters = start.hyperparameters();
    this.rate = new LearningRate(hyperparameters.schedule(), hyperparameters.horizon());
    secondsBefore = start.progress().seconds();
    goTo(start.progress());
    // A pending evaluation is of a step made at the rate of the checkpoint's own hyperparameters.
    latestRate =
        new LearningRate(before.schedule(), before.horizon()).at(step - 1)
            / (1 << start.progress().halvings());
  }

  private void goTo(Progress progress) {
    step = progress.step();
    sinceReport = progress.sinceReport();
    evaluations.clear();
    evaluations.addAll(progress.evaluations());
    validation =
        evaluations.isEmpty() ? null : evaluations.get(evaluations.size() - 1).validation();
    averageLoss = progress.averageLoss();
    rollbacks = progress.rollbacks();
    givenBack = progress.givenBack();
    workPending = progress.workPending();
    guard.restore(progress.guard());
    samplesBytes = progress.samplesBytes();
    stoppedEarly = progress.isStoppedEarly(hyperparameters, text());
    // Without a validation set, evaluations are not recorded.
    evaluatedAt =
        evaluations.isEmpty()
            ? (canEvaluate() ? 0 : step)
            : evaluations.get(evaluations.size() - 1).step();
  }

  /**
   * Prepares a new run. Before a long run, the machine's speed is measured for a few seconds.
   *
   * @param text encoded in a vocabulary that has all of {@code from}'s characters
   * @param from a model whose weights to start from, of the same layers and hidden size; null to
   *     start from random ones
   * @param clock of the run
   * @param measured whether to measure the speed before a short time-budgeted run, too
   * @throws TrainingException if the text is too short
   * @throws InvalidSettingException if a setting is out of its range, or is incompatible with
   *     another
   */
  public static Trainer create(
      TrainingSettings settings,
      EncodedCorpus text,
      Model from,
      EngineType kind,
      ThreadTeam workers,
      TrainingClock clock,
      boolean measured)
      throws IOException {
    Vocabulary vocabulary = text.vocabulary();
    MemoryEstimate memory = requireMemory(settings, text, kind, workers);
    NetworkSpec architecture =
        new NetworkSpec(vocabulary.size(), settings.hiddenSize(), settings.layers());
    requireSupported(kind, settings.windows(), settings.regularization());
    TrainValidationSplit split = split(text, settings.validationFraction(), settings.seqLength());
    Hyperparameters.requireFits(architecture, settings.batchSize(), settings.seqLength());
    Network network =
        from == null
            ? Network.initialised(architecture, settings.seed())
            : grown(from, architecture, vocabulary, settings.seed());
    Plan plan =
        new Planner(kind, workers, split, clock).plan(settings, network, memory.bytes(), measured);
    Progress progress = Progress.start(plan.stepsPerEpoch());
    Model model =
        new Model(
            network,
            vocabulary,
            plan.hyperparameters(),
            progress,
            Provenance.here(
                text.corpus(), kind.arithmetic(), TextAnalysis.of(split, vocabulary.size())));
    return new Trainer(
        kind,
        workers,
        model,
        TrainingState.initial(architecture, plan.hyperparameters().batchSize()),
        split,
        plan,
        plan.hyperparameters(),
        clock,
        settings.reportEvery() == 0);
  }

  /** Returns the plan of a new run; null for a resumed one. */
  public Plan plan() {
    return plan;
  }

  private static Network grown(
      Model from, NetworkSpec architecture, Vocabulary vocabulary, long seed) {
    NetworkSpec before = from.network().architecture();
    if (before.layers() != architecture.layers()
        || before.hiddenSize() != architecture.hiddenSize()) {
      throw new InvalidSettingException(
          Sentence.of(
              "the model to start from has %s, not %s; leave %s, %s and %s out",
              before.describe(),
              architecture.describe(),
              Setting.PRESET,
              Setting.LAYERS,
              Setting.HIDDEN_SIZE));
    }
    return from.network().grown(from.vocabulary(), vocabulary, seed);
  }

  /**
   * Resumes a run from its last checkpoint.
   *
   * @param checkpoint of the run
   * @param corpus the same text as before
   * @param settings the same as before; only length, patience and report interval may differ
   * @param clock of this process
   * @throws TrainingException if the text or the settings are not the same, or the run is past the
   *     new end
   */
  public static Trainer resume(
      ModelFile.Checkpoint checkpoint,
      Corpus corpus,
      TrainingSettings settings,
      EngineType kind,
      ThreadTeam workers,
      TrainingClock clock)
      throws IOException {
    Model model = checkpoint.model();
    requireSameText(model.provenance(), corpus);
    TrainingSettings before = TrainingSettings.of(model);
    List<Sentence> differences = settings.differences(before);
    if (!differences.isEmpty()) {
      throw new TrainingException(
          Sentence.of(
              "the run was started with other settings: it cannot be resumed with %s. Leave them out, or start a new run",
              Sentence.join("; ", differences)));
    }
    EncodedCorpus text = EncodedCorpus.of(corpus, model.vocabulary());
    requireMemory(settings, text, kind, workers);
    Hyperparameters hyperparameters =
        model
            .hyperparameters()
            .with(
                model.hyperparameters().horizon(),
                model.hyperparameters().evaluateEvery(),
                settings.reportEvery() > 0
                    ? settings.reportEvery()
                    : model.hyperparameters().defaultReportEvery(),
                settings.patience());
    requireSupported(kind, hyperparameters.windows(), hyperparameters.regularization());
    TrainValidationSplit split =
        split(text, hyperparameters.validationFraction(), hyperparameters.seqLength());
    if (!settings.length().equals(before.length())) {
      hyperparameters = new Planner(kind, workers, split, clock).extended(settings, model);
      if (hyperparameters.totalSteps() < model.progress().step()) {
        throw new TrainingException(
            format(
                "the run has already made %,d steps, more than the %,d requested; request more",
                model.progress().step(), hyperparameters.totalSteps()));
      }
    }
    Model start =
        new Model(
            model.network(),
            model.vocabulary(),
            hyperparameters,
            model.progress(),
            model.provenance().with(corpus, TextAnalysis.of(split, model.vocabulary().size())));
    return new Trainer(
        kind,
        workers,
        start,
        checkpoint.training().orElseThrow(),
        split,
        null,
        model.hyperparameters(),
        clock,
        settings.reportEvery() == 0);
  }

  private static MemoryEstimate requireMemory(
      TrainingSettings settings, EncodedCorpus text, EngineType kind, ThreadTeam workers) {
    MemoryEstimate need =
        MemoryEstimate.of(
            settings, text.vocabulary().size(), text.characters(), kind, workers.count());
    need.requireFits(USABLE_MEMORY * Runtime.getRuntime().maxMemory());
    return need;
  }

  private static void requireSupported(
      EngineType kind, Hyperparameters.Order windows, Regularization regularization) {
    if (windows == Hyperparameters.Order.STREAM && !kind.carriesState()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s trains only on windows from zero state, because DL4J's gradients are wrong for stateful batches; add %s %s",
              Setting.ENGINE, kind, Setting.WINDOWS, Hyperparameters.Order.RANDOM));
    }
    if (regularization.dropout() > 0 && regularization.lockedDropout() && !kind.locksDropout()) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %s has no locked dropout; add %s",
              Setting.ENGINE, kind, Setting.UNLOCKED_DROPOUT));
    }
  }

  private static TrainValidationSplit split(
      EncodedCorpus text, double validationFraction, int seqLength) throws TrainingException {
    TrainValidationSplit split = text.split(validationFraction);
    if (split.training().length <= seqLength) {
      throw new TrainingException(
          Sentence.of(
              "the text is too short: %,d characters to train on are fewer than one window of %d + 1; add text or lower %s",
              split.training().length, seqLength, Setting.SEQ_LENGTH));
    }
    return split;
  }

  private static void requireSameText(Provenance before, Corpus corpus) throws TrainingException {
    if (!before.textSha256().equals(corpus.textSha256())) {
      throw new TrainingException(
          Sentence.of(
              "the run was started on another text (%s); resume it with that, or start a new run with another %s",
              before.describeFiles(Corpus.Source::name), Setting.NAME));
    }
  }

  /** Returns the run's progress. */
  public Progress progress() {
    return new Progress(
        step,
        start.progress().stepsPerEpoch(),
        step * charactersPerStep(),
        seconds(),
        sinceReport,
        evaluations,
        averageLoss,
        rollbacks,
        givenBack,
        workPending,
        samplesBytes,
        guard.state());
  }

  /** Returns the statistics of the text. */
  public TextStatistics text() {
    return start.provenance().text();
  }

  /** Returns the diagnosis of the losses so far. */
  public TrainingDiagnosis verdict() {
    return TrainingDiagnosis.of(model(start.provenance()));
  }

  /** Returns whether training stopped before its last step because the loss fell no more. */
  public boolean isStoppedEarly() {
    return progress().isStoppedEarly(hyperparameters, text());
  }

  /** Returns whether training is complete. */
  public boolean isFinished() {
    return progress().isFinished(hyperparameters, text());
  }

  /**
   * Trains.
   *
   * @param runDirectory where to save; made by the caller
   * @param trainingListener notified on this thread
   * @param checkpointEvery checkpoint interval, besides evaluations and the end
   * @param interruption checked before every step and during evaluations; once true, everything is
   *     saved and training stops
   * @throws TrainingException if training diverged too often
   * @throws IOException if the final or the interrupted state cannot be saved
   */
  public Outcome run(
      RunDirectory runDirectory,
      TrainingListener trainingListener,
      Duration checkpointEvery,
      BooleanSupplier interruption)
      throws IOException {
    directory = runDirectory;
    listener = trainingListener;
    interrupted = interruption;
    engine = kind.create(workers);
    budget =
        new TimeBudget(
            hyperparameters,
            step,
            seconds(),
            start.progress().stepsPerEpoch(),
            split.validation().length,
            rowsFollow);
    listener.started(start);
    recordSamplesBytes();
    clock.startHeartbeat();
    try (CheckpointWriter checkpoints = new CheckpointWriter(writerWarnings);
        TrainingStep trainingStep =
            new TrainingStep(
                engine, workers, start.network(), state, hyperparameters, split.training())) {
      writer = checkpoints;
      for (long s = step - guard.state().windowSteps(); s < step; s++) {
        guard.count(trainingStep.targets(s));
      }
      if (!canRollBack()) {
        double begun = seconds();
        saveForRollback(); // The first checkpoint.
        flush();
        budget.saved(seconds() - begun);
      }
      if (hyperparametersChanged) {
        saveLast(); // A kill must not restore the old schedule.
        flush();
      }
      return run(trainingStep, checkpointEvery.toMillis() / 1e3);
    } finally {
      clock.stopHeartbeat();
    }
  }

  private Outcome run(TrainingStep trainingStep, double checkpointSeconds) throws IOException {
    double savedAt = seconds();
    budget.continuesAt(step, savedAt);
    listener.entered(TrainingListener.Phase.STEPS, step);
    while (workPending || (step < hyperparameters.totalSteps() && !stoppedEarly)) {
      if (isInterrupted()) {
        saveLast();
        flush();
        return Outcome.INTERRUPTED;
      }
      try {
        if (!workPending) {
          makeStep(trainingStep);
        }
        doPendingWork();
      } catch (DivergenceException e) {
        rollBack(e);
      }
      double sinceSaved = seconds() - savedAt;
      boolean epochEnds = step % start.progress().stepsPerEpoch() == 0;
      if (sinceSaved > (epochEnds ? checkpointSeconds / EPOCH_PART : checkpointSeconds)
          && !workPending
          && writer.isIdle()) {
        saveLast();
        savedAt = seconds();
      }
      reportWarnings();
    }
    save(directory.last(), null);
    flush();
    return stoppedEarly ? Outcome.STOPPED_EARLY : Outcome.FINISHED;
  }

  /** Returns whether there is a valid checkpoint for a rollback. */
  private boolean canRollBack() {
    try {
      return ModelFile.readCheckpoint(directory.rollback()).model().progress().step() <= step
          && step > 0;
    } catch (ModelFileException e) {
      return false;
    }
  }

  private boolean isInterrupted() {
    stopping = stopping || interrupted.getAsBoolean();
    return stopping;
  }

  private void reportWarnings() throws IOException {
    Duration slept = clock.takeSleep();
    if (!slept.isZero()) {
      listener.warned(
          format(
              "the process did not run for %s (it was stopped, or the computer was suspended): that time is not counted",
              Durations.format(slept)));
    }
    if (writer.takeFolderRemade()) {
      listener.folderRemade();
      recordSamplesBytes();
      try {
        saveForRollback();
      } catch (DivergenceException e) {
        rollBack(e); // which saves
      }
    }
    for (String w = writerWarnings.poll(); w != null; w = writerWarnings.poll()) {
      listener.warned(w);
    }
  }

  /** Returns the learning rate of the next step. */
  private double nextRate() {
    return rate.at(step) / (1 << (rollbacks - givenBack));
  }

  private void makeStep(TrainingStep trainingStep) throws DivergenceException {
    double made = nextRate();
    LossMetrics score = trainingStep.step(step, made);
    averageLoss += (averageLoss == 0 ? 1 : AVERAGE_WEIGHT) * (score.loss() - averageLoss);
    boolean maySlow = rollbacks - givenBack < Progress.MAX_HALVINGS;
    guard.stepped(step + 1, score.loss(), made, trainingStep.targets(), !maySlow);
    sinceReport = sinceReport.plus(score);
    latestRate = made;
    step++;
    workPending = true;
    if (rollbacks > givenBack && guard.isLongHealthy(rollbacks)) {
      givenBack++;
      guard.undidHalving();
      listener.warned(
          format("training is stable again: the learning rate is doubled at step %,d", step));
    }
  }

  /** Evaluates and reports after a step. When interrupted, it returns early: work stays pending. */
  private void doPendingWork() throws IOException {
    followClock();
    boolean last = step == hyperparameters.totalSteps();
    boolean evaluates = last || isDue(hyperparameters.evaluateEvery(), step - evaluatedAt, true);
    if (evaluates && !evaluate()) {
      return;
    }
    TrainingListener.Metrics metrics = metrics();
    listener.stepped(metrics);
    long sinceRow = sinceReport.characters() / charactersPerStep();
    if (evaluates || isDue(hyperparameters.reportEvery(), sinceRow, rowsFollow)) {
      listener.reported(metrics);
      sinceReport = LossMetrics.NONE;
    }
    workPending = false;
    if (last) {
      followClock(); // The last evaluation may have been faster than estimated.
    }
    if (evaluates) {
      stoppedEarly = isStoppedEarly();
      if (guard.isSound()) {
        saveForRollback();
      } else {
        saveLast(); // A state that may be diverging is no rollback point.
      }
    }
  }

  /**
   * Returns whether periodic work is due. In a time-budgeted run the interval changes: it counts
   * from the last time.
   *
   * @param every interval in steps
   * @param steps since the last time
   * @param moves whether the interval changes with the speed
   */
  private boolean isDue(long every, long steps, boolean moves) {
    return moves && hyperparameters.horizon().seconds() > 0 ? steps >= every : step % every == 0;
  }

  /** Fits the hyperparameters of a time-budgeted run to the clock. */
  private void followClock() {
    hyperparameters = budget.next(hyperparameters, step, seconds());
    rate = new LearningRate(hyperparameters.schedule(), hyperparameters.horizon());
  }

  private boolean canEvaluate() {
    return split.validation().length > 1;
  }

  /** Evaluates and samples; returns false if interrupted in the middle. */
  private boolean evaluate() throws DivergenceException {
    listener.entered(TrainingListener.Phase.EVALUATION, step);
    double begun = seconds();
    lastQuarter = 0;
    boolean best = true;
    if (canEvaluate()) {
      double bestBefore = progress().bestLoss();
      LossMetrics score;
      try {
        score =
            new Evaluator(engine, workers)
                .evaluate(start.network(), split.validation(), this::evaluatedSoFar)
                .score();
      } catch (CancellationException e) {
        return false;
      }
      if (!Double.isFinite(score.lossSum())) {
        throw new DivergenceException(
            format("the validation loss became %s at step %,d", score.loss(), step));
      }
      validation = score;
      Progress.Evaluation evaluation =
          new Progress.Evaluation(step, latestRate, sinceReport.loss(), validation);
      evaluations.add(evaluation);
      best = validation.loss() < bestBefore;
      listener.evaluated(evaluation, best);
    }
    Model now = snapshot(start.provenance());
    long sampleSeed = RandomStreams.mix(now.hyperparameters().seed(), RandomStreams.SAMPLES, step);
    Sampler sampler = SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE).sampler(sampleSeed);
    double scoring = seconds() - begun;
    // The JIT has compiled the evaluation by its last quarter: another one will take 4 quarters.
    double again = Math.min(scoring, 4 * (begun + scoring - lastQuarter));
    double sampling = seconds();
    String sample = new Generator(engine, now).text(SAMPLE_LENGTH, sampler);
    sampling = seconds() - sampling;
    listener.sampled(step, sample);
    recordSamplesBytes();
    if (best) {
      writer.write(directory.best(), toPassOn(now), null, null);
    }
    evaluatedAt = step;
    double evaluating = seconds() - begun;
    budget.evaluated(evaluating, evaluating - scoring + again, sampling);
    listener.entered(TrainingListener.Phase.STEPS, step);
    return true;
  }

  /** Called by any thread. */
  private void evaluatedSoFar(long characters) {
    if (4 * characters < 3L * split.validation().length) {
      lastQuarter = seconds();
    }
    if (isInterrupted()) {
      throw new CancellationException();
    }
  }

  /**
   * Rolls back to the last evaluation, or the start, and continues at half the learning rate.
   *
   * @throws TrainingException after too many rollbacks
   */
  private void rollBack(DivergenceException cause) throws IOException {
    if (rollbacks - givenBack >= Progress.MAX_HALVINGS) {
      throw new TrainingException(
          Sentence.of(
              "%s, after %d halvings of the learning rate. What run '%s' had saved is intact. Start another run with a lower %s than %s",
              cause.getMessage(),
              Progress.MAX_HALVINGS,
              directory.name(),
              Setting.LEARNING_RATE,
              hyperparameters.schedule().learningRate()));
    }
    try {
      writer.flush(directory.rollback());
    } catch (IOException e) {
      throw new TrainingException(
          cause.getMessage()
              + ", and rollback failed: cannot save "
              + directory.rollback()
              + ": "
              + CheckpointWriter.reason(e));
    }
    // The rollback checkpoint is gone if the folder vanished.
    ModelFile.Checkpoint checkpoint =
        ModelFile.readCheckpoint(
            Files.exists(directory.rollback()) ? directory.rollback() : directory.last());
    Model model = checkpoint.model();
    float[] parameters = model.network().parameters();
    System.arraycopy(parameters, 0, start.network().parameters(), 0, parameters.length);
    state.copyFrom(checkpoint.training().orElseThrow());
    int undone = givenBack;
    goTo(model.progress());
    givenBack = undone; // Halve the current rate.
    budget.continuesAt(step, seconds());
    rollbacks++;
    guard.rolledBack();
    saveForRollback();
    listener.rolledBack(
        model(start.provenance()),
        format(
            "%s: rolled back to step %,d; training continues with half the learning rate (halving %d of %d)",
            cause.getMessage(), step, rollbacks - givenBack, Progress.MAX_HALVINGS));
  }

  private void recordSamplesBytes() {
    OptionalLong bytes = listener.samplesBytes();
    samplesBytes = bytes.isPresent() ? bytes.getAsLong() : null;
  }

  private TrainingListener.Metrics metrics() {
    return new TrainingListener.Metrics(
        step,
        hyperparameters.totalSteps(),
        (double) step / start.progress().stepsPerEpoch(),
        step * charactersPerStep(),
        latestRate,
        sinceReport,
        validation,
        seconds());
  }

  private void saveLast() throws IOException {
    try {
      save(directory.last(), null);
    } catch (DivergenceException e) {
      rollBack(e); // which saves
    }
  }

  /** Saves the checkpoint for rollbacks, from which the run can resume as well. */
  private void saveForRollback() throws DivergenceException {
    save(directory.rollback(), directory.last());
  }

  private void save(Path file, Path superseded) throws DivergenceException {
    listener.entered(TrainingListener.Phase.SAVING, step);
    TrainingState copy = state.copy();
    if (!copy.isFinite()) {
      throw new DivergenceException(format("the optimizer state is non-finite at step %,d", step));
    }
    writer.write(file, snapshot(start.provenance()), copy, superseded);
  }

  private void flush() throws IOException {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new TrainingException(
          Sentence.of(
              "cannot save run '%s': %s; %s",
              directory.name(),
              CheckpointWriter.reason(e),
              directory.isResumable()
                  ? Sentence.of(
                      "what was saved before is kept. Make room, and continue with %s",
                      Setting.RESUME)
                  : "nothing is saved yet. Make room, and start it again"),
          e);
    }
    reportWarnings();
  }

  private double seconds() {
    return secondsBefore + clock.seconds();
  }

  private long charactersPerStep() {
    return (long) hyperparameters.batchSize() * hyperparameters.seqLength();
  }

  private Model model(Provenance provenance) {
    return new Model(start.network(), start.vocabulary(), hyperparameters, progress(), provenance);
  }

  /** Returns a model without paths and times: repeating the run gives an identical file. */
  private static Model toPassOn(Model model) {
    return new Model(
        model.network(),
        model.vocabulary(),
        model.hyperparameters(),
        model.progress().toPassOn(),
        model.provenance().withoutPaths());
  }

  /** Returns a copy of the model. */
  private Model snapshot(Provenance provenance) throws DivergenceException {
    Network copy = start.network().copy();
    if (!copy.isFinite()) {
      throw new DivergenceException(format("the parameters are non-finite at step %,d", step));
    }
    return new Model(copy, start.vocabulary(), hyperparameters, progress(), provenance);
  }
}
