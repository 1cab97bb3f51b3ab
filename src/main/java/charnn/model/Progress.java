package charnn.model;

import charnn.nn.LossMetrics;
import charnn.util.JsonName;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a run has come.
 *
 * @param step training steps done
 * @param stepsPerEpoch steps in which the training text is read once
 * @param charactersSeen characters trained on so far
 * @param seconds spent so far, on the clock
 * @param sinceReport the training score since the last row of metrics
 * @param evaluations every evaluation on the validation set so far, in order
 * @param averageLoss running average of the training loss in nats per character; 0 before the first
 *     step
 * @param rollbacks how often training went back because it diverged, each time with half the
 *     learning rate
 * @param givenBack how often a halving was undone, because training was healthy for long
 * @param workPending whether the evaluation and the row of metrics due after the step are pending
 * @param samplesBytes how long samples.txt is at this step; null if unknown
 * @param guard what the guard against divergence remembers; its start if unknown
 * @param changes of settings on purpose, in order; null in files of before: none
 */
public record Progress(
    long step,
    long stepsPerEpoch,
    long charactersSeen,
    double seconds,
    LossMetrics sinceReport,
    List<Evaluation> evaluations,
    double averageLoss,
    int rollbacks,
    int givenBack,
    @JsonName("unsettled") boolean workPending,
    Long samplesBytes,
    GuardState guard,
    List<SettingsChange> changes) {

  /** Of the learning rate; with more, it is too low to get anywhere. */
  public static final int MAX_HALVINGS = 5;

  private static final int MAX_ROLLBACKS = 1_000_000;

  /**
   * One evaluation.
   *
   * @param step after which it was made
   * @param learningRate of that step
   * @param trainingLoss nats per character since the last row of metrics
   * @param validation score on the validation set
   */
  public record Evaluation(
      long step,
      double learningRate,
      double trainingLoss,
      @JsonName("heldOut") LossMetrics validation) {
    /**
     * @throws IllegalArgumentException if nothing was scored or a number is NaN
     */
    public Evaluation {
      if (!(learningRate >= 0)
          || !Double.isFinite(learningRate)
          || !Double.isFinite(trainingLoss)) {
        throw new IllegalArgumentException(
            "an evaluation must have a learning rate and a finite training loss");
      }
      if (validation == null
          || validation.characters() < 1
          || !Double.isFinite(validation.lossSum())) {
        throw new IllegalArgumentException("an evaluation must have a finite validation score");
      }
    }
  }

  /** Returns the progress before the first step. */
  public static Progress start(long stepsPerEpoch) {
    return new Progress(
        0, stepsPerEpoch, 0, 0, LossMetrics.NONE, List.of(), 0, 0, 0, false, null, null, null);
  }

  /**
   * @throws IllegalArgumentException if a count is negative or a part is missing
   */
  public Progress {
    if (step < 0
        || step > 1_000_000_000_000L
        || stepsPerEpoch < 1
        || charactersSeen < 0
        || !(seconds >= 0)
        || !(averageLoss >= 0)
        || rollbacks < 0
        || rollbacks > MAX_ROLLBACKS
        || givenBack < 0
        || givenBack > rollbacks
        || rollbacks - givenBack > MAX_HALVINGS
        || (samplesBytes != null && samplesBytes < 0)) {
      throw new IllegalArgumentException("progress must not be negative");
    }
    if (sinceReport == null
        || evaluations == null
        || evaluations.stream().anyMatch(e -> e == null)) {
      throw new IllegalArgumentException("progress lacks a part");
    }
    evaluations = List.copyOf(evaluations);
    guard = guard == null ? GuardState.START : guard;
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  /**
   * Returns the same where settings are changed on purpose.
   *
   * @param newStepsPerEpoch with the new settings
   */
  public Progress changed(List<SettingsChange.Value> values, long newStepsPerEpoch) {
    List<SettingsChange> all = new ArrayList<>(changes);
    all.add(new SettingsChange(step, epoch(), charactersSeen, values));
    return new Progress(
        step,
        newStepsPerEpoch,
        charactersSeen,
        seconds,
        sinceReport,
        evaluations,
        averageLoss,
        rollbacks,
        givenBack,
        workPending,
        samplesBytes,
        guard,
        all);
  }

  /** Returns the latest change of settings, or the beginning of the run. */
  public SettingsChange latestChange() {
    return changes.isEmpty() ? SettingsChange.START : changes.get(changes.size() - 1);
  }

  /** Returns the same without the time on the clock and the length of a file beside. */
  public Progress toPassOn() {
    return new Progress(
        step,
        stepsPerEpoch,
        charactersSeen,
        0,
        sinceReport,
        evaluations,
        averageLoss,
        rollbacks,
        givenBack,
        workPending,
        null,
        guard,
        changes);
  }

  /**
   * Returns the evaluations since the learning rate last rose: in the warm-up, or because the run
   * was given a later end. Only these show how training goes, for a higher rate means a higher
   * loss. The first one after the rise may still have the loss of before, and is left out.
   */
  public List<Evaluation> evaluationsSinceRateRose() {
    int first = evaluations.size() - 1;
    while (first > 0
        && evaluations.get(first).learningRate() <= evaluations.get(first - 1).learningRate()) {
      first--;
    }
    return evaluations.subList(first > 0 ? first + 1 : 0, evaluations.size());
  }

  /** Returns how many evaluations there were after the best since the learning rate last rose. */
  public int evaluationsSinceBest() {
    return evaluationsSinceBest(evaluationsSinceRateRose());
  }

  private static int evaluationsSinceBest(List<Evaluation> rows) {
    double best = lowestLoss(rows);
    int since = 0;
    while (since < rows.size() && rows.get(rows.size() - 1 - since).validation().loss() > best) {
      since++;
    }
    return since;
  }

  /**
   * Returns whether training has no patience left, though its last step is not made. Where the
   * learning rate is about to rise, because the run was given a later end, patience begins anew.
   * Evaluations that lay closer together than the hyperparameters now says count for less. The loss
   * on a validation set unlike the training set says nothing, and stops no training.
   *
   * @param text null if unknown
   */
  public boolean isStoppedEarly(Hyperparameters hyperparameters, TextStatistics text) {
    List<Evaluation> rows = evaluationsSinceRateRose();
    int since = evaluationsSinceBest(rows);
    return hyperparameters.patience() > 0
        && (text == null || !text.isValidationUnlike())
        && since >= hyperparameters.patience()
        && stepsOfLast(since, rows)
            >= (double) hyperparameters.patience() * hyperparameters.evaluateEvery()
        && step < hyperparameters.totalSteps()
        && !isRateAboutToRise(hyperparameters);
  }

  /** Returns the steps that the last evaluations cover, from the one before them on. */
  private static long stepsOfLast(int count, List<Evaluation> rows) {
    int last = rows.size() - 1;
    return last < 0 ? 0 : rows.get(last).step() - rows.get(last - count).step();
  }

  private boolean isRateAboutToRise(Hyperparameters hyperparameters) {
    double next =
        new LearningRate(hyperparameters.schedule(), hyperparameters.horizon()).at(step)
            / (1 << halvings());
    return next > evaluations.get(evaluations.size() - 1).learningRate();
  }

  /**
   * Returns whether training is through.
   *
   * @param text null if unknown
   */
  public boolean isFinished(Hyperparameters hyperparameters, TextStatistics text) {
    return !workPending
        && (step >= hyperparameters.totalSteps() || isStoppedEarly(hyperparameters, text));
  }

  /** Returns how often the learning rate is halved at this step. */
  public int halvings() {
    return rollbacks - givenBack;
  }

  /** Returns how often the training text has been read, with a fraction. */
  public double epoch() {
    SettingsChange latest = latestChange();
    return latest.epoch() + (double) (step - latest.step()) / stepsPerEpoch;
  }

  /** Returns the lowest validation loss so far in nats per character, infinite if there is none. */
  public double bestLoss() {
    return lowestLoss(evaluations);
  }

  private static double lowestLoss(List<Evaluation> rows) {
    return rows.stream()
        .mapToDouble(e -> e.validation().loss())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
