package charnn.eval;

import charnn.data.Tokens;
import charnn.util.RandomStreams;
import java.util.function.LongConsumer;

/**
 * An n-gram model with contexts of 0 to {@value #ORDER} characters and Witten-Bell smoothing, as in
 * PPM-C (Witten and Bell, "The zero-frequency problem", 1991). It measures quickly how hard a text
 * is to predict.
 *
 * <pre>
 *   p_k(c) = (n_k(c) + t_k p_{k-1}(c)) / (n_k + t_k)      p_{-1}(c) = 1 / V
 * </pre>
 *
 * n_k(c) counts character c after the context of the last k characters, n_k all characters after
 * it, t_k the types (different characters) after it.
 */
public final class NGramModel {
  public static final int ORDER = 5;
  private static final int PROGRESS_INTERVAL = 1 << 16;

  private final int vocabularySize;
  private final Counts pairs = new Counts(); // of context and character
  private final Counts contexts = new Counts(); // n_k
  private final Counts types = new Counts(); // t_k

  /**
   * @param vocabularySize V
   */
  public NGramModel(Tokens text, int vocabularySize) {
    this(text, vocabularySize, done -> {});
  }

  /**
   * @param vocabularySize V
   * @param progress called with the number of characters read so far
   */
  public NGramModel(Tokens text, int vocabularySize, LongConsumer progress) {
    this.vocabularySize = vocabularySize;
    for (long i = 0; i < text.length(); i++) {
      if (i % PROGRESS_INTERVAL == 0) {
        progress.accept(i);
      }
      for (int k = 0; k <= Math.min(ORDER, i); k++) {
        long context = context(text, i, k);
        contexts.add(context);
        if (pairs.add(pair(context, text.at(i))) == 1) {
          types.add(context);
        }
      }
    }
  }

  /** Returns the mean nats per character of a text, 0 if it is empty. */
  public double loss(Tokens text) {
    return losses(text)[ORDER];
  }

  /**
   * Returns the mean nats per character of a text, 0 if it is empty, for each maximal context
   * length.
   */
  public double[] losses(Tokens text) {
    double[] sums = new double[ORDER + 1];
    for (long i = 0; i < text.length(); i++) {
      double p = 1.0 / vocabularySize;
      for (int k = 0; k <= ORDER; k++) {
        if (k <= i) {
          long context = context(text, i, k);
          double typeCount = types.get(context);
          if (typeCount > 0) {
            double n = pairs.get(pair(context, text.at(i)));
            p = (n + typeCount * p) / (contexts.get(context) + typeCount);
          }
        }
        sums[k] -= Math.log(p);
      }
    }
    for (int k = 0; k <= ORDER; k++) {
      sums[k] /= Math.max(1, text.length());
    }
    return sums;
  }

  private static long context(Tokens text, long index, int k) {
    long hash = k;
    for (long i = index - k; i < index; i++) {
      hash = hash * 0x5851F42D4C957F2DL + text.at(i) + 1;
    }
    return RandomStreams.mix(hash);
  }

  private static long pair(long context, int next) {
    return RandomStreams.mix(context, next);
  }

  /** Counts by 64-bit hash, in an open-addressing table; colliding keys count as one. */
  private static final class Counts {
    private long[] keys = new long[1 << 16]; // 0: free
    private int[] counts = new int[keys.length];
    private int used;

    int add(long key) {
      int index = find(key);
      if (keys[index] == 0) {
        if (++used > keys.length / 2) {
          grow();
          index = find(key);
        }
        keys[index] = key;
      }
      return ++counts[index];
    }

    int get(long key) {
      return counts[find(key)];
    }

    private int find(long key) {
      int index = (int) key & (keys.length - 1);
      while (keys[index] != 0 && keys[index] != key) {
        index = (index + 1) & (keys.length - 1);
      }
      return index;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldCounts = counts;
      keys = new long[2 * oldKeys.length];
      counts = new int[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int index = find(oldKeys[i]);
          keys[index] = oldKeys[i];
          counts[index] = oldCounts[i];
        }
      }
    }
  }
}
