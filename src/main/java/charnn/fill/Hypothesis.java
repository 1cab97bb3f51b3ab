package charnn.fill;

import charnn.engine.Logits;
import java.util.Arrays;

/**
 * The beginning of a gap as one of the models reads it.
 *
 * @param tokens in the order in which the model reads them
 * @param logProbability of the tokens in nats, after that side of the gap
 * @param logits of the token after them [V]
 * @param logSum ln sum exp(logits)
 */
record Hypothesis(int[] tokens, double logProbability, float[] logits, double logSum) {
  Hypothesis(int[] tokens, double logProbability, float[] logits) {
    this(tokens, logProbability, logits, Logits.logSumExp(logits, 0, logits.length));
  }

  /** Returns the log-probability of a token after these. */
  double next(int token) {
    return logits[token] - logSum;
  }

  /** Returns the tokens and one more. */
  int[] with(int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }
}
