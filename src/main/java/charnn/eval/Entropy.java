package charnn.eval;

import charnn.data.Tokens;
import java.util.function.LongConsumer;

/**
 * Entropies of a text: how uncertain its next character is, given the k characters before it.
 *
 * <pre>
 *   H_k = (sum over contexts n log2 n - sum over contexts and characters m log2 m) / N
 * </pre>
 *
 * where n counts a context of k characters with any successor, m with a certain one, and N all of
 * them. These are of the text itself, not of its language: the longer the context, the more of a
 * short text is known by heart.
 */
public final class Entropy {
  public static final int MOST_ORDER = 5;

  private static final int PROGRESS_INTERVAL = 1 << 16;

  private Entropy() {}

  /**
   * Returns the entropies of the orders 0 to {@value #MOST_ORDER} in bits per character; NaN where
   * the text is no longer than the context.
   *
   * @param progress called with the number of characters counted so far, of {@link #work}
   */
  public static double[] of(Tokens text, LongConsumer progress) {
    double[] entropies = new double[MOST_ORDER + 1];
    for (int k = 0; k <= MOST_ORDER; k++) {
      NGramCounts contexts = new NGramCounts();
      NGramCounts pairs = new NGramCounts();
      for (long i = k; i < text.length(); i++) {
        long context = NGramModel.context(text, i, k);
        contexts.add(context);
        pairs.add(NGramModel.pair(context, text.at(i)));
        if (i % PROGRESS_INTERVAL == 0) {
          progress.accept(k * text.length() + i);
        }
      }
      double difference = contexts.sumOfLogs() - pairs.sumOfLogs();
      entropies[k] = text.length() > k ? Math.max(0, difference / (text.length() - k)) : Double.NaN;
    }
    return entropies;
  }

  /** Returns how many characters are counted for a text, in all orders together. */
  public static long work(Tokens text) {
    return (MOST_ORDER + 1) * text.length();
  }
}
