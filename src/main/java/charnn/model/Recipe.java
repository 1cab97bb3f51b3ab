package charnn.model;

/**
 * The settings of a training run, all that decides its result besides the corpus and the
 * architecture.
 *
 * @param batchSize B, the rows of a batch
 * @param seqLength T, the characters of a row, over which gradients flow back
 * @param dropout the probability of dropping a layer's output, 0 to below 1
 * @param learningRate the highest rate of the schedule
 * @param heldOutFraction the last part of the text, which is not trained on
 * @param windows the order of reading
 * @param seed of everything random
 * @param totalSteps when training ends; the learning rate's schedule ends there too
 * @param evaluateEvery steps between two evaluations on the held-out text
 * @param reportEvery steps between two rows of metrics
 */
public record Recipe(
    int batchSize,
    int seqLength,
    double dropout,
    double learningRate,
    double heldOutFraction,
    Order windows,
    long seed,
    long totalSteps,
    long evaluateEvery,
    long reportEvery) {

  /** Constants of Adam, which no run changes; they stand in the DL4J configuration too. */
  public static final double ADAM_BETA_1 = 0.9;

  public static final double ADAM_BETA_2 = 0.99;
  public static final double ADAM_EPSILON = 1e-8;

  /** The order in which windows of text are read. */
  public enum Order {
    /** Parallel streams, the state carried from window to window. */
    STREAM,
    /** Windows from random places, each from zero state. */
    RANDOM
  }

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Recipe {
    require(
        batchSize >= 1 && batchSize <= 1 << 20,
        "--batch-size must be 1 to 1048576, got " + batchSize);
    require(
        seqLength >= 1 && seqLength <= 1 << 20,
        "--seq-length must be 1 to 1048576, got " + seqLength);
    require(
        (long) batchSize * seqLength <= 1 << 26,
        "--batch-size x --seq-length must be at most 67108864");
    require(dropout >= 0 && dropout < 1, "--dropout must be 0 or more and below 1, got " + dropout);
    require(
        learningRate > 0 && learningRate <= 10,
        "--learning-rate must be more than 0 and at most 10, got " + learningRate);
    require(
        heldOutFraction >= 0 && heldOutFraction <= 0.5,
        "--validation must be 0 to 0.5, got " + heldOutFraction);
    require(windows != null, "--windows must be stream or random");
    require(totalSteps >= 1, "--steps must be 1 or more, got " + totalSteps);
    require(evaluateEvery >= 1, "evaluateEvery must be 1 or more, got " + evaluateEvery);
    require(reportEvery >= 1, "reportEvery must be 1 or more, got " + reportEvery);
  }

  /** Returns the recipe of the same run with another end. */
  public Recipe withTotalSteps(long steps) {
    return new Recipe(
        batchSize,
        seqLength,
        dropout,
        learningRate,
        heldOutFraction,
        windows,
        seed,
        steps,
        evaluateEvery,
        reportEvery);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
