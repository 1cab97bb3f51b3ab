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
  private final NGramCounts pairs = new NGramCounts(); // of context and character
  private final NGramCounts contexts = new NGramCounts(); // n_k
  private final NGramCounts types = new NGramCounts(); // t_k

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

  /** Returns a hash of the k characters before an index. */
  static long context(Tokens text, long index, int k) {
    long hash = k;
    for (long i = index - k; i < index; i++) {
      hash = hash * 0x5851F42D4C957F2DL + text.at(i) + 1;
    }
    return RandomStreams.mix(hash);
  }

  /** Returns a hash of a context and what follows. */
  static long pair(long context, int next) {
    return RandomStreams.mix(context, next);
  }
}
