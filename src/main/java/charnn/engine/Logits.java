package charnn.engine;

/**
 * Functions of logits, the unnormalised log-probabilities of the next character: V values from an
 * offset of an array on. They use StrictMath, whose results are bit-identical on every machine.
 */
public final class Logits {
  private Logits() {}

  /** Returns the index of the largest of V logits, the first of equal ones. */
  public static int argMax(float[] logits, int offset, int v) {
    int best = 0;
    for (int k = 1; k < v; k++) {
      best = logits[offset + k] > logits[offset + best] ? k : best;
    }
    return best;
  }

  /**
   * Returns the indices of the largest of V logits, the largest first; of equal ones the first.
   *
   * @param count how many, V at most
   */
  public static int[] best(float[] logits, int offset, int v, int count) {
    int[] best = new int[count];
    for (int k = 0; k < v; k++) {
      int rank = Math.min(k, count);
      while (rank > 0 && logits[offset + k] > logits[offset + best[rank - 1]]) {
        rank--;
      }
      if (rank < count) {
        System.arraycopy(best, rank, best, rank + 1, Math.min(k, count - 1) - rank);
        best[rank] = k;
      }
    }
    return best;
  }

  /** Returns ln softmax(logits)[index], the maximum subtracted before the exponential. */
  public static double logProbability(float[] logits, int offset, int v, int index) {
    float max = logits[offset + argMax(logits, offset, v)];
    double sum = 0;
    for (int k = 0; k < v; k++) {
      sum += StrictMath.exp(logits[offset + k] - max);
    }
    return logits[offset + index] - max - StrictMath.log(sum);
  }

  /** Returns ln sum exp(logits), the maximum subtracted before the exponential. */
  public static double logSumExp(float[] logits, int offset, int v) {
    float max = logits[offset + argMax(logits, offset, v)];
    double sum = 0;
    for (int k = 0; k < v; k++) {
      sum += StrictMath.exp((double) logits[offset + k] - max);
    }
    return max + StrictMath.log(sum);
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
