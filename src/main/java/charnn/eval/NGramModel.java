package charnn.eval;

import charnn.util.RandomStreams;

/**
 * A table of what followed each of the last 0 to {@value #ORDER} characters, interpolated by Witten
 * and Bell's method C ("The zero-frequency problem", 1991): a quick measure of how hard a text is
 * to predict.
 *
 * <pre>
 *   p_k(c) = (n_k(c) + t_k p_{k-1}(c)) / (n_k + t_k)      p_{-1}(c) = 1 / V
 * </pre>
 *
 * n_k(c) counts c after the last k characters, n_k all that came after them, t_k the different
 * ones.
 */
public final class NGramModel {
  static final int ORDER = 5;

  private final int vocabularySize;
  private final Counts pairs = new Counts(); // of context and character
  private final Counts contexts = new Counts(); // n_k
  private final Counts kinds = new Counts(); // t_k

  /**
   * @param text indices in a vocabulary
   * @param vocabularySize V
   */
  public NGramModel(char[] text, int vocabularySize) {
    this.vocabularySize = vocabularySize;
    for (int i = 0; i < text.length; i++) {
      for (int k = 0; k <= Math.min(ORDER, i); k++) {
        long context = context(text, i, k);
        contexts.add(context);
        if (pairs.add(pair(context, text[i])) == 1) {
          kinds.add(context);
        }
      }
    }
  }

  /** Returns the mean nats per character of a text, 0 if it is empty. */
  public double loss(char[] text) {
    return losses(text)[ORDER];
  }

  /**
   * Returns the mean nats per character of a text, 0 if it is empty, for each number of characters
   * that the model may look back on at most.
   */
  public double[] losses(char[] text) {
    double[] sums = new double[ORDER + 1];
    for (int i = 0; i < text.length; i++) {
      double p = 1.0 / vocabularySize;
      for (int k = 0; k <= ORDER; k++) {
        if (k <= i) {
          long context = context(text, i, k);
          double kindsHere = kinds.get(context);
          if (kindsHere > 0) {
            double n = pairs.get(pair(context, text[i]));
            p = (n + kindsHere * p) / (contexts.get(context) + kindsHere);
          }
        }
        sums[k] -= Math.log(p);
      }
    }
    for (int k = 0; k <= ORDER; k++) {
      sums[k] /= Math.max(1, text.length);
    }
    return sums;
  }

  private static long context(char[] text, int at, int k) {
    long hash = k;
    for (int i = at - k; i < at; i++) {
      hash = hash * 0x5851F42D4C957F2DL + text[i] + 1;
    }
    return RandomStreams.mix(hash);
  }

  private static long pair(long context, char next) {
    return RandomStreams.mix(context, next);
  }

  /** Counts by 64-bit hash, with open addressing; two keys of one hash count as one. */
  private static final class Counts {
    private long[] keys = new long[1 << 16]; // 0: free
    private int[] counts = new int[keys.length];
    private int used;

    int add(long key) {
      int at = find(key);
      if (keys[at] == 0) {
        if (++used > keys.length / 2) {
          grow();
          at = find(key);
        }
        keys[at] = key;
      }
      return ++counts[at];
    }

    int get(long key) {
      return counts[find(key)];
    }

    private int find(long key) {
      int at = (int) key & (keys.length - 1);
      while (keys[at] != 0 && keys[at] != key) {
        at = (at + 1) & (keys.length - 1);
      }
      return at;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldCounts = counts;
      keys = new long[2 * oldKeys.length];
      counts = new int[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int at = find(oldKeys[i]);
          keys[at] = oldKeys[i];
          counts[at] = oldCounts[i];
        }
      }
    }
  }
}
