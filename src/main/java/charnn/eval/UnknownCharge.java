package charnn.eval;

/**
 * What the characters cost that a model does not know, so that a text of them has no good score.
 *
 * <p>The model is taken for one that says, with a probability e, that something comes which it does
 * not know, and then thinks all of Unicode's other characters equally likely:
 *
 * <pre>
 *   p(c) = (1 - e) p_model(c)          c known, V of them
 *   p(c) = e / (1,112,064 - V)         c unknown
 * </pre>
 *
 * <p>e is the text's own share of unknown characters, the value that costs least: a text without
 * any is scored by the model alone. The state passes over an unknown character as if it were not
 * there.
 *
 * @param share e, 0 to less than 1
 * @param natsKnown -ln(1 - e), to be added to the loss of each known character
 * @param natsUnknown the loss of each unknown one; 0 if there is none
 */
public record UnknownCharge(double share, double natsKnown, double natsUnknown) {
  /** Code points that can stand for a character: all but the surrogates. */
  private static final int CHARACTERS = Character.MAX_CODE_POINT + 1 - 2048;

  /**
   * Returns the charge of a text.
   *
   * @param unknown characters of the text
   * @param all characters of it, at least one of them known
   * @param vocabularySize V
   */
  public static UnknownCharge of(long unknown, long all, int vocabularySize) {
    double share = (double) unknown / all;
    return unknown == 0
        ? new UnknownCharge(0, 0, 0)
        : new UnknownCharge(
            share, -Math.log1p(-share), Math.log((CHARACTERS - vocabularySize) / share));
  }

  /**
   * Returns the nats per character of the whole text.
   *
   * @param known those of its known characters, as the model predicts them
   */
  public double loss(double known) {
    return (1 - share) * (known + natsKnown) + share * natsUnknown;
  }
}
