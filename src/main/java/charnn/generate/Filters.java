package charnn.generate;

import java.util.function.IntPredicate;

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
    int size = logits.length;
    int[] heap = new int[size]; // of tokens, the first in the order on top
    for (int i = 0; i < size; i++) {
      heap[i] = i;
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(heap, i, size, key);
    }
    double sum = 0;
    while (size > 0 && sum < p) {
      sum += probabilities[heap[0]];
      heap[0] = heap[--size];
      siftDown(heap, 0, size, key);
    }
    for (int i = 0; i < size; i++) {
      logits[heap[i]] = Float.NEGATIVE_INFINITY;
    }
  }

  /** Moves a token of a heap down to its place. */
  private static void siftDown(int[] heap, int from, int size, double[] key) {
    int moved = heap[from];
    int at = from;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isBefore(heap[child + 1], heap[child], key)) {
        child++;
      }
      if (!isBefore(heap[child], moved, key)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
  }

  private static boolean isBefore(int a, int b, double[] key) {
    int order = Double.compare(key[a], key[b]);
    return order < 0 || (order == 0 && a < b);
  }
}
