package charnn.eval;

/**
 * The loss of characters outside of a model's vocabulary, so that a text of them has no good score.
 *
 * <p>The model is extended by an escape with probability e, and then a uniform distribution over
 * Unicode's other characters:
 *
 * <pre>
 *   p(c) = (1 - e) p_model(c)          c known, V of them
 *   p(c) = e / (1,112,064 - V)         c unknown
 * </pre>
 *
 * <p>e is the fraction of unknown characters among those that are predicted or charged, which
 * minimizes the loss. A text without any is scored by the model alone. The network does not read
 * unknown characters.
 *
 * @param fraction e, 0 to less than 1
 * @param natsKnown -ln(1 - e), added to the loss of each known character
 * @param natsUnknown the loss of each unknown one; 0 if there is none
 */
public record UnknownCharge(double fraction, double natsKnown, double natsUnknown) {
  /** Number of Unicode code points without the surrogates. */
  private static final int CHARACTERS = Character.MAX_CODE_POINT + 1 - 2048;

  /**
   * Returns the charge of a text.
   *
   * @param unknown characters of the text
   * @param all characters that are predicted, at least one, or charged
   * @param vocabularySize V
   */
  public static UnknownCharge of(long unknown, long all, int vocabularySize) {
    double fraction = (double) unknown / all;
    return unknown == 0
        ? new UnknownCharge(0, 0, 0)
        : new UnknownCharge(
            fraction, -Math.log1p(-fraction), Math.log((CHARACTERS - vocabularySize) / fraction));
  }

  /**
   * Returns the nats per character of the whole text.
   *
   * @param known those of its known characters, as the model predicts them
   */
  public double loss(double known) {
    return (1 - fraction) * (known + natsKnown) + fraction * natsUnknown;
  }
}
