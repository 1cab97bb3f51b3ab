package charnn.eval;

import charnn.nn.LossMetrics;

/**
 * How probable a text is to a model. Scores of two texts add up.
 *
 * @param known number of characters that the model predicted
 * @param unknown number of characters that it was charged for
 * @param nats of all of them together
 * @param loss nats of each on average
 */
public record TextScore(long known, long unknown, double nats, double loss) {
  /** Returns the score of known characters, and of unknown ones by their charge. */
  public static TextScore of(LossMetrics known, long unknown, UnknownCharge charge) {
    double loss = charge.loss(known.loss());
    return new TextScore(known.characters(), unknown, loss * (known.characters() + unknown), loss);
  }

  /** Returns the score of characters whose nats are known. */
  static TextScore of(long known, long unknown, double nats) {
    return new TextScore(known, unknown, nats, nats / (known + unknown));
  }

  public TextScore plus(TextScore other) {
    return of(known + other.known, unknown + other.unknown, nats + other.nats);
  }

  public double bits() {
    return nats / LossMetrics.LN_2;
  }

  public double bitsPerCharacter() {
    return loss / LossMetrics.LN_2;
  }

  public double perplexity() {
    return Math.exp(loss);
  }
}
