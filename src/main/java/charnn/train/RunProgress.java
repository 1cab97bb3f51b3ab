package charnn.train;

import charnn.data.TrainValidationSplit;
import charnn.model.Hyperparameters;
import charnn.model.LearningRate;
import charnn.model.Progress;
import charnn.model.SettingsChange;
import charnn.model.TextStatistics;
import charnn.nn.LossMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;

/** How far a run has come: what changes from step to step, besides the network and its state. */
final class RunProgress {
  /** The weight of a step in the running average of the loss. */
  private static final double AVERAGE_WEIGHT = 0.01;

  /** Rows may be closer together; measuring each of them would cost some percent. */
  private static final int MEASURE_EVERY = 16;

  private final long stepsPerEpoch;
  private final boolean hasValidation;
  private final TextStatistics text;
  private final DivergenceGuard guard;
  private final int replicas;

  private Hyperparameters hyperparameters; // a time-budgeted run's horizon and intervals change
  private LearningRate rate;
  private long step;
  private LossMetrics sinceReport;
  private final List<Progress.Evaluation> evaluations = new ArrayList<>();
  private double latestRate; // of the latest step
  private double averageLoss;
  private List<SettingsChange> changes;
  private int rollbacks;
  private int givenBack;
  private boolean workPending;
  private int made = 1; // steps since it was last checked what is due
  private OptionalLong samplesBytes; // of samples.txt
  private long evaluatedAt; // step of the latest evaluation
  private boolean stoppedEarly;

  /**
   * @param start progress that the run starts or resumes from
   * @param before hyperparameters that the checkpoint was written with: a pending evaluation is of
   *     a step made at their learning rate
   */
  RunProgress(
      Progress start,
      Hyperparameters hyperparameters,
      Hyperparameters before,
      TrainValidationSplit split,
      TextStatistics text,
      DivergenceGuard guard,
      int replicas) {
    this.replicas = replicas;
    this.stepsPerEpoch = start.stepsPerEpoch();
    this.hasValidation = split.validation().length() > 1;
    this.text = text;
    this.guard = guard;
    setHyperparameters(hyperparameters);
    goTo(start);
    latestRate =
        new LearningRate(before.schedule(), before.horizon()).at(step - 1)
            / (1 << start.halvings());
  }

  /** Goes to a checkpoint's progress; the learning rate of the latest step stays. */
  private void goTo(Progress progress) {
    step = progress.step();
    sinceReport = progress.sinceReport();
    evaluations.clear();
    evaluations.addAll(progress.evaluations());
    averageLoss = progress.averageLoss();
    changes = progress.changes();
    rollbacks = progress.rollbacks();
    givenBack = progress.givenBack();
    workPending = progress.workPending();
    guard.restore(progress.guard());
    samplesBytes =
        progress.samplesBytes() == null
            ? OptionalLong.empty()
            : OptionalLong.of(progress.samplesBytes());
    // Without a validation set, evaluations are not recorded.
    evaluatedAt =
        !evaluations.isEmpty()
            ? evaluations.get(evaluations.size() - 1).step()
            : hasValidation ? 0 : step;
    stoppedEarly = progress.isStoppedEarly(hyperparameters, text);
  }

  /** Rolls back to an earlier progress, and halves the current learning rate. */
  void rollBackTo(Progress earlier) {
    int undone = givenBack;
    List<SettingsChange> later = changes.subList(earlier.changes().size(), changes.size());
    goTo(earlier);
    if (!later.isEmpty()) { // They hold from the earlier step on.
      changes =
          earlier
              .changed(
                  later.stream().flatMap(change -> change.values().stream()).toList(),
                  stepsPerEpoch)
              .changes();
    }
    givenBack = undone;
    rollbacks++;
    guard.rolledBack();
  }

  /** Returns the progress at so many seconds of the run. */
  Progress at(double seconds) {
    return new Progress(
        step,
        stepsPerEpoch,
        characters(),
        seconds,
        sinceReport,
        evaluations,
        averageLoss,
        rollbacks,
        givenBack,
        workPending,
        samplesBytes.isPresent() ? samplesBytes.getAsLong() : null,
        guard.state(),
        changes);
  }

  /** Returns the metrics at so many seconds of the run. */
  TrainingListener.Metrics metrics(double seconds) {
    Progress now = at(seconds);
    return new TrainingListener.Metrics(
        step,
        hyperparameters.totalSteps(),
        now.epoch(),
        now.charactersSeen(),
        latestRate,
        sinceReport,
        evaluations.isEmpty() ? null : evaluations.get(evaluations.size() - 1).validation(),
        seconds);
  }

  Hyperparameters hyperparameters() {
    return hyperparameters;
  }

  void setHyperparameters(Hyperparameters changed) {
    hyperparameters = changed;
    rate = new LearningRate(changed.schedule(), changed.horizon());
  }

  long step() {
    return step;
  }

  /** Returns the learning rates of the next steps. */
  LongToDoubleFunction nextRates() {
    LearningRate now = rate;
    int halvings = halvings();
    return at -> now.at(at) / (1 << halvings);
  }

  /**
   * Returns how many steps to make until one after which an evaluation is due.
   *
   * @param most that are wanted
   */
  int stepsToEvaluation(int most) {
    long every = hyperparameters.evaluateEvery();
    long sinceOne = hyperparameters.horizon().seconds() > 0 ? step - evaluatedAt : step % every;
    long left = Math.min(hyperparameters.totalSteps() - step, every - sinceOne);
    return (int) Math.max(1, Math.min(most, left));
  }

  int halvings() {
    return rollbacks - givenBack;
  }

  int rollbacks() {
    return rollbacks;
  }

  /** Undoes a halving of the learning rate. */
  void undoHalving() {
    givenBack++;
    guard.undidHalving();
  }

  /** Averages the loss of the step in progress. */
  void average(double loss) {
    averageLoss += (averageLoss == 0 ? 1 : AVERAGE_WEIGHT) * (loss - averageLoss);
  }

  /** A step is made; the work that is due after it is pending. */
  void stepped(LossMetrics score, double learningRate) {
    sinceReport = sinceReport.plus(score);
    latestRate = learningRate;
    step++;
    workPending = true;
  }

  /** So many steps were made since it was last checked what is due. */
  void madeAtOnce(int steps) {
    made = steps;
  }

  boolean isWorkPending() {
    return workPending;
  }

  void workDone() {
    workPending = false;
  }

  boolean isLastStep() {
    return step == hyperparameters.totalSteps();
  }

  boolean isEpochsEnd() {
    return step % stepsPerEpoch == 0;
  }

  /** Returns whether the model is to be evaluated after this step. */
  boolean isEvaluationDue() {
    return isLastStep() || isDue(hyperparameters.evaluateEvery(), step - evaluatedAt, true);
  }

  /**
   * Returns whether a row of metrics is due after this step.
   *
   * @param rowsFollow whether the report interval changes with the evaluation interval
   */
  boolean isRowDue(boolean rowsFollow) {
    long sinceRow = sinceReport.characters() / charactersPerStep();
    return isDue(hyperparameters.reportEvery(), sinceRow, rowsFollow);
  }

  /**
   * Returns whether a step that has a row of metrics is measured, too: where rows are far apart.
   */
  boolean isMeasured() {
    return hyperparameters.reportEvery() >= MEASURE_EVERY || step % MEASURE_EVERY == 0;
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
    return moves && hyperparameters.horizon().seconds() > 0
        ? steps >= every
        : step / every > (step - made) / every;
  }

  /** The row of metrics is written: what follows belongs to the next. */
  void rowWritten() {
    sinceReport = LossMetrics.NONE;
  }

  /** Records an evaluation on the validation set. */
  Progress.Evaluation record(LossMetrics validation) {
    Progress.Evaluation evaluation =
        new Progress.Evaluation(step, latestRate, sinceReport.loss(), validation);
    evaluations.add(evaluation);
    return evaluation;
  }

  /** The model was evaluated or, without a validation set, only sampled. */
  void evaluated() {
    evaluatedAt = step;
  }

  /** After an evaluation, decides whether to stop early. */
  void checkPatience() {
    stoppedEarly = at(0).isStoppedEarly(hyperparameters, text);
  }

  boolean isStoppedEarly() {
    return stoppedEarly;
  }

  /** Returns whether there is no further step to make. */
  boolean isOver() {
    return step >= hyperparameters.totalSteps() || stoppedEarly;
  }

  boolean hasValidation() {
    return hasValidation;
  }

  void setSamplesBytes(OptionalLong bytes) {
    samplesBytes = bytes;
  }

  private long characters() {
    SettingsChange latest = changes.isEmpty() ? null : changes.get(changes.size() - 1);
    return latest == null
        ? step * charactersPerStep()
        : latest.charactersSeen() + (step - latest.step()) * charactersPerStep();
  }

  private long charactersPerStep() {
    return (long) replicas * hyperparameters.batchSize() * hyperparameters.seqLength();
  }
}
