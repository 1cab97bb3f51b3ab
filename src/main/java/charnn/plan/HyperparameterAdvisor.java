package charnn.plan;

import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Regularization;
import charnn.model.Schedule;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;

/**
 * Chooses a network and its hyperparameters for a text and a time, by what was measured
 * (docs/training.md).
 *
 * @param trainingCharacters N, of the text that is trained on
 * @param vocabularySize V
 * @param length of the run
 * @param operations that training can make, floating-point: in a time, what the machine can, all
 *     threads together; else those of a usual run, so that the choice does not depend on the
 *     machine
 * @param threads that share them; 1 in a usual run, whose operations are made in any case
 * @param locksDropout whether the engine can
 */
public record HyperparameterAdvisor(
    long trainingCharacters,
    int vocabularySize,
    RunLength length,
    double operations,
    int threads,
    boolean locksDropout) {
  /** Ten minutes on two cores. */
  private static final double USUAL_OPERATIONS = 1e14;

  /**
   * Widths from which to choose, each with how often it must get to read the text, or how much of
   * it, to beat those before it: what a wide network gains by its width, it must have time to
   * learn.
   */
  private enum Width {
    H128(128, 0, 0),
    H256(256, 4, 3.2e6),
    // How much of a long text is enough for these has not been measured:
    H512(512, 5, Double.POSITIVE_INFINITY),
    H768(768, 15, Double.POSITIVE_INFINITY),
    H1024(1024, 25, Double.POSITIVE_INFINITY);

    private final int hiddenSize;
    private final double leastEpochs;
    private final double leastCharacters;

    Width(int hiddenSize, double leastEpochs, double leastCharacters) {
      this.hiddenSize = hiddenSize;
      this.leastEpochs = leastEpochs;
      this.leastCharacters = leastCharacters;
    }
  }

  private static final int LEAST_STEPS = 1000;

  /** A text is too small for more units than it has so many characters. */
  private static final int CHARACTERS_PER_UNIT = 150;

  /**
   * A layer that reads a text no more often than this over its units needs nothing against learning
   * by heart, ...
   */
  private static final double SAFE_EPOCHS_TIMES_UNITS = 2048;

  /** ... or, of a small text, no more often than its length over this and over its units. */
  private static final double CHARACTERS_PER_SAFE_EPOCH_AND_UNIT = 200;

  // Measured at 256 units with batches of 16, and at 512 with batches of 32:
  public static final double LEARNING_RATE = 0.014;
  public static final double INPUT_FACTOR = 2;
  public static final double RECURRENT_FACTOR = 0.3;
  public static final double WEIGHT_DECAY = 0.02;

  /** What training makes of the rate of large matrix products. */
  private static final double SHARE_OF_PEAK = 0.75;

  /** The first rounds are slow, because Java compiles meanwhile. */
  private static final int SPEED_ROUNDS = 2;

  /**
   * The part of the work that threads share by rows of a batch, or by units if they have more of
   * those, at least so many for each (ADR 18); the rest they share by columns (ADR 6).
   */
  private static final double SHARED_BY_ROWS = 2 / 3.0;

  private static final int ROWS_OF_A_THREAD = 8;
  private static final int UNITS_OF_A_THREAD = 32;

  private static final double USUAL_CORE = 60e9; // operations per second

  /** Operations per second that the engines for comparison make on a core. */
  private static final double SLOW_ENGINE = 15e9;

  private static final double MOST_DROPOUT = 0.5;
  private static final double MOST_WEIGHT_DROP = 0.7;
  public static final int SEQ_LENGTH = 32;

  /**
   * Returns the plan of a run that takes a time on this machine, whose speed is measured for a
   * second if the time is long.
   *
   * @param trainingCharacters N, of the text that is trained on
   * @param vocabularySize V
   */
  public static HyperparameterAdvisor measured(
      long trainingCharacters,
      int vocabularySize,
      RunLength.Time length,
      EngineType kind,
      ThreadTeam workers) {
    double operations = length.time().toMillis() / 1e3 * speed(length, kind, workers);
    return new HyperparameterAdvisor(
        trainingCharacters,
        vocabularySize,
        length,
        operations,
        workers.count(),
        kind.locksDropout());
  }

  /** Returns the plan of a run with the operations of a usual one: nothing is measured. */
  public static HyperparameterAdvisor usual(
      long trainingCharacters, int vocabularySize, RunLength length, EngineType kind) {
    return new HyperparameterAdvisor(
        trainingCharacters, vocabularySize, length, USUAL_OPERATIONS, 1, kind.locksDropout());
  }

  /** Returns the operations per second that training will make, about. */
  private static double speed(RunLength.Time length, EngineType kind, ThreadTeam workers) {
    if (kind != EngineType.SIMD) {
      return SLOW_ENGINE * workers.count();
    }
    if (!Planner.isWorthMeasuring(length)) {
      return USUAL_CORE * workers.count();
    }
    double peak = 0;
    for (int round = 0; round < SPEED_ROUNDS; round++) {
      peak = Math.max(peak, EngineType.peakGemmFlops(workers));
    }
    return SHARE_OF_PEAK * peak;
  }

  /** Returns the width of the layer that learns most in the time. */
  public int hiddenSize() {
    int best = 0;
    for (Width width : Width.values()) {
      int batchSize = batchSize(width.hiddenSize);
      double characters = characters(1, width.hiddenSize, batchSize);
      double steps = characters / batchSize / SEQ_LENGTH;
      boolean fits =
          (characters / trainingCharacters >= width.leastEpochs
                  || characters >= width.leastCharacters)
              && steps >= LEAST_STEPS
              && width.hiddenSize <= trainingCharacters / CHARACTERS_PER_UNIT;
      if (best == 0 || fits) {
        best = width.hiddenSize;
      }
    }
    return best;
  }

  /** Returns how many texts a network of a width reads side by side. */
  public static int batchSize(int hiddenSize) {
    return hiddenSize < 512 ? 16 : 32;
  }

  /** Returns the hyperparameters of a network and its batches. */
  public TrainingSettings settings(int layers, int hiddenSize, int batchSize, int seqLength) {
    double epochs =
        length instanceof RunLength.Steps steps
            ? (double) steps.steps() * batchSize * seqLength / trainingCharacters
            : length instanceof RunLength.Epochs some
                ? some.epochs()
                : characters(layers, hiddenSize, batchSize) / trainingCharacters;
    return new TrainingSettings(
        layers,
        hiddenSize,
        batchSize,
        seqLength,
        regularization(epochs, hiddenSize),
        Schedule.cosine(LEARNING_RATE, INPUT_FACTOR, RECURRENT_FACTOR),
        TrainingSettings.VALIDATION_FRACTION,
        Hyperparameters.Order.STREAM,
        TrainingSettings.SEED,
        length,
        TrainingSettings.PATIENCE,
        0);
  }

  private double characters(int layers, int hiddenSize, int batchSize) {
    double usable = operations * shareOfThreads(hiddenSize, batchSize);
    return usable / new NetworkSpec(vocabularySize, hiddenSize, layers).trainingOperations();
  }

  /** Of many threads, some have nothing to do while a small batch's rows are computed. */
  private double shareOfThreads(int hiddenSize, int batchSize) {
    double rows = Math.ceil((double) batchSize / ROWS_OF_A_THREAD);
    double units = Math.ceil((double) hiddenSize / UNITS_OF_A_THREAD);
    double busy = Math.min(threads, Math.max(rows, units));
    return 1 / (SHARED_BY_ROWS * threads / busy + (1 - SHARED_BY_ROWS));
  }

  /**
   * The more often a text is read, and the smaller it is, the more of the network must be missing
   * each time.
   */
  private Regularization regularization(double epochs, int hiddenSize) {
    double safe =
        Math.min(SAFE_EPOCHS_TIMES_UNITS, trainingCharacters / CHARACTERS_PER_SAFE_EPOCH_AND_UNIT);
    double doublings = Math.max(0, Math.log(epochs * hiddenSize / safe) / Math.log(2));
    return new Regularization(
        rounded(Math.min(MOST_DROPOUT, 0.25 * doublings)),
        locksDropout,
        rounded(Math.min(MOST_WEIGHT_DROP, 0.1 * doublings)),
        WEIGHT_DECAY);
  }

  private static double rounded(double probability) {
    return Math.round(probability * 20) / 20.0;
  }
}
