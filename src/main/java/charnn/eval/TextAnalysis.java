package charnn.eval;

import charnn.data.TrainValidationSplit;
import charnn.model.TextStatistics;
import java.util.Arrays;

/** Measures a run's text before it is trained on, in a fraction of a second. */
public final class TextAnalysis {
  /** Characters of the training part that the n-gram model sees, the last ones. */
  private static final int CONTEXT_CHARACTERS = 100_000;

  /** The part of them that its loss is measured on. */
  private static final double CONTEXT_VALIDATION = 0.1;

  private TextAnalysis() {}

  /**
   * Returns what is known of a text.
   *
   * @param vocabularySize V
   */
  public static TextStatistics of(TrainValidationSplit split, int vocabularySize) {
    char[] training = split.training();
    char[] last =
        Arrays.copyOfRange(
            training, Math.max(0, training.length - CONTEXT_CHARACTERS), training.length);
    TrainValidationSplit within = TrainValidationSplit.of(last, CONTEXT_VALIDATION);
    double[] losses = new NGramModel(within.training(), vocabularySize).losses(within.validation());
    UnseenNGrams ngrams = UnseenNGrams.of(split);
    return new TextStatistics(
        entropy(training, vocabularySize),
        Arrays.stream(losses).min().orElseThrow(),
        training.length,
        split.validation().length,
        ngrams.order(),
        ngrams.unseen(),
        ngrams.usual());
  }

  private static double entropy(char[] text, int vocabularySize) {
    int[] counts = new int[vocabularySize];
    for (char c : text) {
      counts[c]++;
    }
    return entropy(counts);
  }

  /** Returns the entropy of characters that occur so often, in nats. */
  public static double entropy(int[] counts) {
    long all = 0;
    double sum = 0;
    for (int count : counts) {
      all += count;
      sum += count == 0 ? 0 : count * Math.log(count);
    }
    return all == 0 ? 0 : Math.max(0, Math.log(all) - sum / all);
  }
}
