package charnn.engine;

/**
 * Logits: unnormalised log-probabilities of the next character, V of them from some place of an
 * array on. Uses StrictMath, which gives the same bits on every machine.
 */
public final class Logits {
  private Logits() {}

  /** Returns the index of the largest of V logits, the first of equal ones. */
  public static int argMax(float[] logits, int at, int v) {
    int best = 0;
    for (int k = 1; k < v; k++) {
      best = logits[at + k] > logits[at + best] ? k : best;
    }
    return best;
  }

  /** Returns ln softmax(logits)[index], the maximum subtracted before the exponential. */
  public static double logProbability(float[] logits, int at, int v, int index) {
    float max = logits[at + argMax(logits, at, v)];
    double sum = 0;
    for (int k = 0; k < v; k++) {
      sum += StrictMath.exp(logits[at + k] - max);
    }
    return logits[at + index] - max - StrictMath.log(sum);
  }

  /** Returns softmax(logits) [V], the maximum subtracted before the exponential. */
  public static double[] softmax(float[] logits) {
    float max = logits[argMax(logits, 0, logits.length)];
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = StrictMath.exp(logits[k] - max);
      sum += probabilities[k];
    }
    for (int k = 0; k < probabilities.length; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }
}
