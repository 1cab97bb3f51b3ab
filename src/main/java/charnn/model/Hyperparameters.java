package charnn.model;

import charnn.data.Direction;
import charnn.data.ValidationFrom;
import charnn.engine.Footprint;
import charnn.nn.NetworkSpec;
import charnn.util.InvalidSettingException;
import charnn.util.JsonName;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The settings of a training run, all that decides its result besides the corpus and the
 * architecture. What a user can set is in the table of {@link Hyperparameter}s below; the rest is
 * planned. A run without a plan is of one step, by no engine.
 *
 * @param batchSize B, the rows of a batch
 * @param seqLength T, the characters of a row (BPTT length)
 * @param regularization against overfitting
 * @param schedule of the learning rate
 * @param validationFraction of the text, which is not trained on
 * @param windows the order of batches
 * @param seed of everything random
 * @param engine that computes; another one rounds otherwise
 * @param horizon when training ends; the learning rate's schedule ends there too
 * @param evaluateEvery steps between two evaluations on the validation set; moves with the speed in
 *     a time-budgeted run
 * @param reportEvery steps between two rows of metrics; each evaluation has a row besides
 * @param patience evaluations without a new best after which training stops early, if they lie as
 *     far apart as the hyperparameters say; 0: never
 * @param direction in which the text is read; forward in files of before
 * @param validationFrom where the validation set is taken from; the last part in files of before
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
    int patience,
    Direction direction,
    ValidationFrom validationFrom) {

  /** Constants of Adam, which no run changes; they stand in the DL4J configuration too. */
  public static final double ADAM_BETA_1 = 0.9;

  public static final double ADAM_BETA_2 = 0.99;
  public static final double ADAM_EPSILON = 1e-8;

  // Defaults that depend neither on the text nor on the machine:
  public static final double VALIDATION_FRACTION = 0.1;
  public static final long DEFAULT_SEED = 1;
  public static final int DEFAULT_PATIENCE = 10;
  public static final double DEFAULT_DECAY_FACTOR = 0.95;

  private static final List<Hyperparameter<?>> TABLE = new ArrayList<>();

  public static final Hyperparameter<Integer> BATCH_SIZE =
      onPurpose(Setting.BATCH_SIZE, Hyperparameters::batchSize, null);
  public static final Hyperparameter<Integer> SEQ_LENGTH =
      onPurpose(Setting.SEQ_LENGTH, Hyperparameters::seqLength, null);
  public static final Hyperparameter<Double> DROPOUT =
      onPurpose(Setting.DROPOUT, h -> h.regularization.dropout(), 0.0);
  public static final Hyperparameter<Boolean> LOCKED_DROPOUT =
      onPurpose(Setting.LOCKED_DROPOUT, h -> h.regularization.lockedDropout(), false);
  public static final Hyperparameter<Double> WEIGHT_DROP =
      onPurpose(Setting.WEIGHT_DROP, h -> h.regularization.weightDrop(), 0.0);
  public static final Hyperparameter<Double> WEIGHT_DECAY =
      onPurpose(Setting.WEIGHT_DECAY, h -> h.regularization.weightDecay(), 0.0);
  public static final Hyperparameter<Double> LEARNING_RATE =
      onPurpose(Setting.LEARNING_RATE, h -> h.schedule.learningRate(), null);
  public static final Hyperparameter<Double> INPUT_FACTOR =
      onPurpose(Setting.INPUT_FACTOR, h -> h.schedule.inputFactor(), 1.0);
  public static final Hyperparameter<Double> RECURRENT_FACTOR =
      onPurpose(Setting.RECURRENT_FACTOR, h -> h.schedule.recurrentFactor(), 1.0);
  public static final Hyperparameter<Long> DECAY_EVERY =
      onPurpose(Setting.DECAY_EVERY, h -> h.schedule.decayEvery(), 0L);
  public static final Hyperparameter<Double> DECAY_FACTOR =
      onPurpose(Setting.DECAY_FACTOR, h -> h.schedule.decayFactor(), DEFAULT_DECAY_FACTOR);
  public static final Hyperparameter<Double> VALIDATION =
      fixed(Setting.VALIDATION, Hyperparameters::validationFraction, VALIDATION_FRACTION);
  public static final Hyperparameter<Order> WINDOWS =
      fixed(Setting.WINDOWS, Hyperparameters::windows, Order.STREAM);
  public static final Hyperparameter<Long> SEED =
      fixed(Setting.SEED, Hyperparameters::seed, DEFAULT_SEED);
  public static final Hyperparameter<Integer> PATIENCE =
      changeable(Setting.PATIENCE, Hyperparameters::patience, DEFAULT_PATIENCE);

  public static final Hyperparameter<Direction> DIRECTION =
      fixed(Setting.DIRECTION, Hyperparameters::direction, Direction.FORWARD);

  public static final Hyperparameter<ValidationFrom> VALIDATION_FROM =
      fixed(Setting.VALIDATION_FROM, Hyperparameters::validationFrom, ValidationFrom.LAST);

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

  /** Adds a row to the table: a hyperparameter that a resumed run must keep. */
  private static <T> Hyperparameter<T> fixed(
      Setting setting, Function<Hyperparameters, T> value, T byDefault) {
    return row(new Hyperparameter<>(setting, value, byDefault, Hyperparameter.Change.NEVER));
  }

  /** Adds a row to the table: a hyperparameter that a resumed run may change on purpose. */
  private static <T> Hyperparameter<T> onPurpose(
      Setting setting, Function<Hyperparameters, T> value, T byDefault) {
    return row(new Hyperparameter<>(setting, value, byDefault, Hyperparameter.Change.ON_PURPOSE));
  }

  /** Adds a row to the table: a hyperparameter that a resumed run may change. */
  private static <T> Hyperparameter<T> changeable(
      Setting setting, Function<Hyperparameters, T> value, T byDefault) {
    return row(new Hyperparameter<>(setting, value, byDefault, Hyperparameter.Change.ALWAYS));
  }

  private static <T> Hyperparameter<T> row(Hyperparameter<T> row) {
    TABLE.add(row);
    return row;
  }

  /** Returns all that a user can set. */
  public static List<Hyperparameter<?>> table() {
    return Collections.unmodifiableList(TABLE);
  }

  /** Makes hyperparameters of the values of the table's rows. Those not set have their defaults. */
  public static final class Builder {
    private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
    private String engine = "";
    private ScheduleHorizon horizon = ScheduleHorizon.ofSteps(1);
    private long evaluateEvery = 1;
    private long reportEvery = 1;

    private Builder() {}

    /** Sets a row; null leaves it as it is. */
    public <T> Builder set(Hyperparameter<T> row, T value) {
      if (value != null) {
        values.put(row.setting(), value);
      }
      return this;
    }

    /** Sets one row as it is in other hyperparameters. */
    private <T> Builder copy(Hyperparameter<T> row, Hyperparameters from) {
      return set(row, row.of(from));
    }

    /** Returns what is set, else the default; null if there is none. */
    @SuppressWarnings("unchecked") // Only set puts values in.
    public <T> T get(Hyperparameter<T> row) {
      return (T) values.getOrDefault(row.setting(), row.byDefault());
    }

    public Builder engine(String newEngine) {
      engine = newEngine;
      return this;
    }

    /** Sets the end of training, and the steps between evaluations and between rows of metrics. */
    public Builder plan(ScheduleHorizon newHorizon, long newEvaluateEvery, long newReportEvery) {
      horizon = newHorizon;
      evaluateEvery = newEvaluateEvery;
      reportEvery = newReportEvery;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value is out of its range
     * @throws NullPointerException if a row without a default is not set
     */
    public Hyperparameters build() {
      return new Hyperparameters(
          required(BATCH_SIZE),
          required(SEQ_LENGTH),
          new Regularization(
              required(DROPOUT),
              required(LOCKED_DROPOUT),
              required(WEIGHT_DROP),
              required(WEIGHT_DECAY)),
          new Schedule(
              required(LEARNING_RATE),
              required(INPUT_FACTOR),
              required(RECURRENT_FACTOR),
              required(DECAY_EVERY),
              required(DECAY_FACTOR)),
          required(VALIDATION),
          required(WINDOWS),
          required(SEED),
          engine,
          horizon,
          evaluateEvery,
          reportEvery,
          required(PATIENCE),
          required(DIRECTION),
          required(VALIDATION_FROM));
    }

    private <T> T required(Hyperparameter<T> row) {
      return Objects.requireNonNull(get(row), row.setting()::toString);
    }
  }

  /** Returns a builder in which nothing is set. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder of the same. */
  public Builder toBuilder() {
    Builder builder = new Builder().engine(engine).plan(horizon, evaluateEvery, reportEvery);
    TABLE.forEach(row -> builder.copy(row, this));
    return builder;
  }

  /**
   * Returns the same, but for what a resumed run may change, which is as in others.
   *
   * @param onPurpose whether the user says that changes are meant
   */
  public Hyperparameters resumedWith(Hyperparameters others, boolean onPurpose) {
    Builder builder = toBuilder();
    TABLE.stream()
        .filter(row -> row.mayChange(onPurpose))
        .forEach(row -> builder.copy(row, others));
    return builder.build();
  }

  /**
   * Returns where it differs from others, in words, except in what a resumed run may change.
   *
   * @param onPurpose whether the user says that changes are meant
   */
  public List<Sentence> differences(Hyperparameters others, boolean onPurpose) {
    return TABLE.stream()
        .filter(row -> !row.mayChange(onPurpose) && differs(row, others))
        .map(row -> Sentence.of("%s %s", row.setting(), row.worded(this)))
        .toList();
  }

  /** Returns what was changed on purpose from hyperparameters of before. */
  public List<SettingsChange.Value> changes(Hyperparameters before) {
    return TABLE.stream()
        .filter(row -> row.change() == Hyperparameter.Change.ON_PURPOSE && differs(row, before))
        .map(
            row ->
                new SettingsChange.Value(
                    row.setting(),
                    String.valueOf(row.worded(before)),
                    String.valueOf(row.worded(this))))
        .toList();
  }

  private boolean differs(Hyperparameter<?> row, Hyperparameters others) {
    return !row.of(this).equals(row.of(others));
  }

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Hyperparameters {
    Setting.BATCH_SIZE.require(batchSize);
    Setting.SEQ_LENGTH.require(seqLength);
    long characters = (long) batchSize * seqLength;
    if (characters > MAX_CHARACTERS) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s x %s must be at most %d, got %d",
              Setting.BATCH_SIZE, Setting.SEQ_LENGTH, MAX_CHARACTERS, characters));
    }
    direction = direction == null ? Direction.FORWARD : direction;
    validationFrom = validationFrom == null ? ValidationFrom.LAST : validationFrom;
    Setting.VALIDATION.require(validationFraction);
    Setting.PATIENCE.require(patience);
    require(regularization != null, "the regularization must be given");
    require(schedule != null, "the schedule must be given");
    require(windows != null, "the order of windows must be stream or random");
    require(engine != null, "the engine must be named");
    require(horizon != null, "the schedule horizon must be given");
    require(evaluateEvery >= 1, "evaluateEvery must be 1 or more, got " + evaluateEvery);
    require(reportEvery >= 1, "reportEvery must be 1 or more, got " + reportEvery);
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
   * Checks that training a network so needs no array longer than Java has.
   *
   * @throws InvalidSettingException if it does
   */
  public void requireFits(NetworkSpec architecture) {
    if (Footprint.longestArray(architecture, batchSize, seqLength) >= Integer.MAX_VALUE) {
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
