package charnn.plan;

import charnn.engine.Footprint;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;

/**
 * Chooses a network and its hyperparameters for a text and a time, by what was measured
 * (docs/training.md).
 *
 * @param cell of the network
 * @param trainingCharacters N, of the text that is trained on
 * @param vocabularySize V
 * @param length of the run
 * @param flop compute budget: of a time-budgeted run, what all threads of the machine can do;
 *     otherwise that of a usual run, so that the choice does not depend on the machine
 * @param threads of a time-budgeted run; otherwise 1
 * @param kind the engine
 */
public record HyperparameterAdvisor(
    CellType cell,
    long trainingCharacters,
    int vocabularySize,
    RunLength length,
    double flop,
    int threads,
    EngineType kind) {
  /** Ten minutes on two cores. */
  private static final double USUAL_FLOP = 1e14;

  /**
   * Hidden sizes to choose from. A wider network is better only after enough epochs, or enough
   * characters.
   */
  private enum Width {
    H128(128, 0, 0),
    H256(256, 4, 3.2e6),
    // Not measured: enough characters of a long text for these.
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

  /** Least characters of the text for each hidden unit. */
  private static final int CHARACTERS_PER_UNIT = 150;

  /** Characters to train on below which even the narrowest network memorizes the text. */
  public static final int LEAST_CHARACTERS = CHARACTERS_PER_UNIT * Width.H128.hiddenSize;

  /** A layer does not overfit in up to SAFE_EPOCHS_TIMES_UNITS / hiddenSize epochs, ... */
  private static final double SAFE_EPOCHS_TIMES_UNITS = 2048;

  /** ... or, of a small text, its length / this / hiddenSize epochs. */
  private static final double CHARACTERS_PER_SAFE_EPOCH_AND_UNIT = 200;

  // Measured at 256 units with batches of 16, and at 512 with batches of 32:
  public static final double LEARNING_RATE = 0.014;
  public static final double PHASED_LEARNING_RATE = 0.045;
  public static final double INPUT_FACTOR = 2;
  public static final double RECURRENT_FACTOR = 0.3;
  public static final double WEIGHT_DECAY = 0.02;

  /** The first round is slow, because of the JIT compiler. */
  private static final int SPEED_ROUNDS = 2;

  private static final double MOST_DROPOUT = 0.5;
  private static final double MOST_WEIGHT_DROP = 0.7;

  /** Of an RNN, whose state is nothing but what the recurrent weights carry on. */
  private static final double MOST_WEIGHT_DROP_OF_RNN = 0.1;

  public static final int SEQ_LENGTH = 32;

  /**
   * Returns the advisor of a time-budgeted run on this machine. If the time is long, the speed is
   * measured for a second.
   *
   * @param trainingCharacters N, of the text that is trained on
   * @param vocabularySize V
   */
  public static HyperparameterAdvisor measured(
      CellType cell,
      long trainingCharacters,
      int vocabularySize,
      RunLength.Time length,
      EngineType kind,
      ThreadTeam workers) {
    double pace = kind.footprint().pace().applyAsDouble(cell);
    double flop = length.time().toMillis() / 1e3 * pace * speed(length, kind, workers);
    return new HyperparameterAdvisor(
        cell, trainingCharacters, vocabularySize, length, flop, workers.count(), kind);
  }

  /** Returns the advisor of a run with a usual compute budget; nothing is measured. */
  public static HyperparameterAdvisor usual(
      CellType cell,
      long trainingCharacters,
      int vocabularySize,
      RunLength length,
      EngineType kind) {
    return new HyperparameterAdvisor(
        cell, trainingCharacters, vocabularySize, length, USUAL_FLOP, 1, kind);
  }

  /**
   * Returns the peak learning rate of networks of a cell. Searched for each; but for the phased
   * LSTM, whose units learn only while they are open, that of the LSTM was as good as any.
   */
  public static double learningRate(CellType cell) {
    return cell == CellType.PHASED_LSTM ? PHASED_LEARNING_RATE : LEARNING_RATE;
  }

  /** Returns the approximate FLOP/s of training an LSTM. */
  private static double speed(RunLength.Time length, EngineType kind, ThreadTeam workers) {
    Footprint footprint = kind.footprint();
    if (footprint.utilization() == 0 || !Planner.isWorthMeasuring(length)) {
      return footprint.flopsPerCore() * workers.count();
    }
    double peak = 0;
    for (int round = 0; round < SPEED_ROUNDS; round++) {
      peak = Math.max(peak, EngineType.peakGemmFlops(workers));
    }
    return footprint.utilization() * peak;
  }

  /** Returns the best hidden size for the compute budget. */
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

  /** Returns the batch size for a hidden size. */
  public static int batchSize(int hiddenSize) {
    return hiddenSize < 512 ? 16 : 32;
  }

  /** Returns the settings of a network and its batches. */
  public TrainingSettings settings(int layers, int hiddenSize, int batchSize, int seqLength) {
    double epochs =
        length instanceof RunLength.Steps steps
            ? (double) steps.steps() * batchSize * seqLength / trainingCharacters
            : length instanceof RunLength.Epochs some
                ? some.epochs()
                : characters(layers, hiddenSize, batchSize) / trainingCharacters;
    Hyperparameters.Builder hyperparameters =
        Hyperparameters.builder()
            .set(Hyperparameters.BATCH_SIZE, batchSize)
            .set(Hyperparameters.SEQ_LENGTH, seqLength)
            .set(Hyperparameters.LOCKED_DROPOUT, kind.locksDropout())
            .set(Hyperparameters.WEIGHT_DECAY, WEIGHT_DECAY)
            .set(Hyperparameters.LEARNING_RATE, learningRate(cell))
            .set(Hyperparameters.INPUT_FACTOR, INPUT_FACTOR)
            .set(Hyperparameters.RECURRENT_FACTOR, RECURRENT_FACTOR);
    setDropout(hyperparameters, epochs, hiddenSize);
    return new TrainingSettings(cell, layers, hiddenSize, hyperparameters.build(), length, 0);
  }

  private double characters(int layers, int hiddenSize, int batchSize) {
    double usable = flop * kind.footprint().threadUtilization(threads, hiddenSize, batchSize);
    return usable / new NetworkSpec(cell, vocabularySize, hiddenSize, layers).trainingFlop();
  }

  /** More epochs and a smaller text need more dropout. */
  private void setDropout(Hyperparameters.Builder builder, double epochs, int hiddenSize) {
    double safe =
        Math.min(SAFE_EPOCHS_TIMES_UNITS, trainingCharacters / CHARACTERS_PER_SAFE_EPOCH_AND_UNIT);
    double doublings = Math.max(0, Math.log(epochs * hiddenSize / safe) / Math.log(2));
    builder.set(Hyperparameters.DROPOUT, rounded(Math.min(MOST_DROPOUT, 0.25 * doublings)));
    double most = cell == CellType.RNN ? MOST_WEIGHT_DROP_OF_RNN : MOST_WEIGHT_DROP;
    builder.set(Hyperparameters.WEIGHT_DROP, rounded(Math.min(most, 0.1 * doublings)));
  }

  private static double rounded(double probability) {
    return Math.round(probability * 20) / 20.0;
  }
}
