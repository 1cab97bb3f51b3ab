package charnn.generate;

import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What several filters need. */
final class Filters {
  private Filters() {}

  static float max(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    return max;
  }

  /** Returns the entropy of a distribution in nats. */
  static double entropy(double[] probabilities) {
    double entropy = 0;
    for (double p : probabilities) {
      entropy -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return entropy;
  }

  static void exclude(float[] logits, IntPredicate excluded) {
    for (int i = 0; i < logits.length; i++) {
      if (excluded.test(i)) {
        logits[i] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  /**
   * Keeps the first tokens in an order until they have a total probability of p, and excludes the
   * rest.
   *
   * @param key ascending; on ties the first token comes first
   */
  static void keepFirst(float[] logits, double[] probabilities, double[] key, double p) {
    int[] order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> key[i]))
            .mapToInt(i -> i)
            .toArray();
    double sum = 0;
    for (int index : order) {
      if (sum >= p) {
        logits[index] = Float.NEGATIVE_INFINITY;
      }
      sum += probabilities[index];
    }
  }
}
