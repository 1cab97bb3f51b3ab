package charnn.model;

import charnn.nn.NetworkSpec;
import charnn.util.InvalidSettingException;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.Locale;

/**
 * The settings of a training run, all that decides its result besides the corpus and the
 * architecture.
 *
 * @param batchSize B, the rows of a batch
 * @param seqLength T, the characters of a row (BPTT length)
 * @param regularization against overfitting
 * @param schedule of the learning rate
 * @param validationFraction the last part of the text, which is not trained on
 * @param windows the order of batches
 * @param seed of everything random
 * @param engine that computes; another one rounds otherwise
 * @param horizon when training ends; the learning rate's schedule ends there too
 * @param evaluateEvery steps between two evaluations on the validation set; moves with the speed in
 *     a time-budgeted run
 * @param reportEvery steps between two rows of metrics; each evaluation has a row besides
 * @param patience evaluations without a new best after which training stops early, if they lie as
 *     far apart as the hyperparameters say; 0: never
 */
public record Hyperparameters(
    int batchSize,
    int seqLength,
    Regularization regularization,
    Schedule schedule,
    @JsonName("heldOutFraction") double validationFraction,
    Order windows,
    long seed,
    String engine,
    @JsonName("pace") ScheduleHorizon horizon,
    long evaluateEvery,
    long reportEvery,
    int patience) {

  /** Constants of Adam, which no run changes; they stand in the DL4J configuration too. */
  public static final double ADAM_BETA_1 = 0.9;

  public static final double ADAM_BETA_2 = 0.99;
  public static final double ADAM_EPSILON = 1e-8;

  private static final int MAX_CHARACTERS = 1 << 26;

  /** Rows of metrics for each evaluation, where nothing else is asked for. */
  public static final int ROWS_PER_EVALUATION = 10;

  /** The order in which windows of text are read. */
  public enum Order {
    /** Parallel streams, the state carried from window to window. */
    STREAM,
    /** Windows from random offsets, each from zero state. */
    RANDOM;

    /** Returns the order as it is called on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Hyperparameters {
    requireInRange(batchSize, seqLength, validationFraction, patience);
    require(regularization != null, "the regularization must be given");
    require(schedule != null, "the schedule must be given");
    require(windows != null, "the order of windows must be stream or random");
    require(engine != null, "the engine must be named");
    require(horizon != null, "the schedule horizon must be given");
    require(evaluateEvery >= 1, "evaluateEvery must be 1 or more, got " + evaluateEvery);
    require(reportEvery >= 1, "reportEvery must be 1 or more, got " + reportEvery);
  }

  /**
   * Checks what can be checked before a run is planned.
   *
   * @throws InvalidSettingException if a value is out of its range
   */
  public static void requireInRange(
      int batchSize, int seqLength, double validationFraction, int patience) {
    Setting.BATCH_SIZE.require(batchSize);
    Setting.SEQ_LENGTH.require(seqLength);
    long characters = (long) batchSize * seqLength;
    if (characters > MAX_CHARACTERS) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s x %s must be at most %d, got %d",
              Setting.BATCH_SIZE, Setting.SEQ_LENGTH, MAX_CHARACTERS, characters));
    }
    Setting.VALIDATION.require(validationFraction);
    Setting.PATIENCE.require(patience);
  }

  /** Returns when training ends. */
  public long totalSteps() {
    return horizon.totalSteps();
  }

  /**
   * Returns how many steps there are between two rows of metrics where nothing else is asked for.
   */
  public long defaultReportEvery() {
    return defaultReportEvery(evaluateEvery);
  }

  /** Returns {@link #defaultReportEvery()} of a run that is evaluated so often. */
  public static long defaultReportEvery(long evaluateEvery) {
    return Math.max(1, evaluateEvery / ROWS_PER_EVALUATION);
  }

  /**
   * Returns the hyperparameters with another horizon, another distance of evaluations and of rows
   * of metrics, and another patience.
   */
  public Hyperparameters with(
      ScheduleHorizon newHorizon, long newEvaluateEvery, long newReportEvery, int newPatience) {
    return new Hyperparameters(
        batchSize,
        seqLength,
        regularization,
        schedule,
        validationFraction,
        windows,
        seed,
        engine,
        newHorizon,
        newEvaluateEvery,
        newReportEvery,
        newPatience);
  }

  /**
   * Checks that training a network so needs no array longer than Java has.
   *
   * @throws InvalidSettingException if it does
   */
  public static void requireFits(NetworkSpec architecture, int batchSize, int seqLength) {
    long gates =
        architecture.cell().gates()
            * (architecture.hiddenSize() + 64L)
            * (batchSize + 8L)
            * (seqLength + 1L);
    long logits = (architecture.vocabularySize() + 64L) * (batchSize + 8L) * (seqLength + 1L);
    if (Math.max(gates, logits) >= Integer.MAX_VALUE) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s %d x %s %d is too much for %s %d; lower one",
              Setting.BATCH_SIZE,
              batchSize,
              Setting.SEQ_LENGTH,
              seqLength,
              Setting.HIDDEN_SIZE,
              architecture.hiddenSize()));
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
