package charnn.nn;

/**
 * How well characters were predicted. Scores of two texts add up.
 *
 * @param lossSum the sum of -ln p(character), in nats
 * @param correct how often the most probable character was the right one
 * @param characters how many were predicted
 */
public record LossMetrics(double lossSum, long correct, long characters) {
  public static final LossMetrics NONE = new LossMetrics(0, 0, 0);

  public static final double LN_2 = 0.6931471805599453;

  /**
   * @throws IllegalArgumentException if a count is negative, or more is right than there is
   */
  public LossMetrics {
    if (correct < 0 || characters < correct || lossSum < 0) {
      throw new IllegalArgumentException(
          "a score must have 0 to all characters right and no negative loss");
    }
  }

  /** Returns nats per character; not a number if nothing was predicted. */
  public double loss() {
    return lossSum / characters;
  }

  public double bitsPerCharacter() {
    return loss() / LN_2;
  }

  /** Returns the share of characters that were the most probable one, 0 to 1. */
  public double accuracy() {
    return (double) correct / characters;
  }

  public LossMetrics plus(LossMetrics other) {
    return new LossMetrics(
        lossSum + other.lossSum, correct + other.correct, characters + other.characters);
  }
}
