package charnn.fill;

/**
 * A text for a gap, as both models see it.
 *
 * @param tokens in the order of the text
 * @param forward ln p(gap, right | left) of the forward model, in nats
 * @param backward ln p(gap, left | right) of the backward model, in nats
 */
public record Filling(int[] tokens, double forward, double backward) {
  /**
   * Returns the mean of both, the logarithm of the geometric mean of the probabilities. Each is
   * that of the gap between its sides, but for a factor that is the same for all texts.
   */
  public double score() {
    return (forward + backward) / 2;
  }
}
