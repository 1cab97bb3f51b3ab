package charnn.eval;

import charnn.data.Direction;
import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.model.TextStatistics;
import java.util.Arrays;

/** Measures a text before training, in a fraction of a second, however long it is. */
public final class TextAnalysis {
  /** Last characters of the training set, for the n-gram model. */
  private static final int NGRAM_CHARACTERS = 100_000;

  /** The fraction of them to evaluate the n-gram model on. */
  private static final double NGRAM_VALIDATION = 0.1;

  /** More characters than this are not all counted, ... */
  private static final long MOST_COUNTED = 1 << 25;

  /** ...but so many pieces of them, ... */
  private static final int PIECES = 256;

  /** ...of so many each. */
  private static final long PIECE = 1 << 14;

  private TextAnalysis() {}

  /**
   * Returns the statistics of a text.
   *
   * @param split as a model of this direction reads it
   */
  public static TextStatistics of(
      TrainValidationSplit split, Vocabulary vocabulary, Direction direction) {
    int vocabularySize = vocabulary.size();
    Tokens training = split.training();
    TrainValidationSplit within =
        TrainValidationSplit.of(training.last(NGRAM_CHARACTERS), NGRAM_VALIDATION);
    double[] losses = new NGramModel(within.training(), vocabularySize).losses(within.validation());
    UnseenNGrams ngrams = UnseenNGrams.of(split);
    UnseenNGrams characters = UnseenNGrams.ofCharacters(split);
    LineBeginnings lines = LineBeginnings.of(split.turned(direction), vocabulary);
    return new TextStatistics(
        entropy(training, vocabularySize),
        Arrays.stream(losses).min().orElseThrow(),
        training.length(),
        split.validation().length(),
        ngrams.order(),
        ngrams.unseen(),
        ngrams.usual(),
        Math.max(0, characters.unseen() - characters.usual()),
        lines.unseen(),
        lines.usual());
  }

  /** Returns the entropy of a text; of a long one, that of pieces from all over it. */
  private static double entropy(Tokens text, int vocabularySize) {
    long[] counts = new long[vocabularySize];
    boolean isLong = text.length() > MOST_COUNTED;
    int pieces = isLong ? PIECES : 1;
    long piece = isLong ? PIECE : text.length();
    for (int p = 0; p < pieces; p++) {
      long from = text.length() / pieces * p;
      for (long i = from; i < from + piece; i++) {
        counts[text.at(i)]++;
      }
    }
    return entropy(counts);
  }

  /** Returns the unigram entropy of character counts, in nats. */
  public static double entropy(long[] counts) {
    long all = 0;
    double sum = 0;
    for (long count : counts) {
      all += count;
      sum += count == 0 ? 0 : count * Math.log(count);
    }
    return all == 0 ? 0 : Math.max(0, Math.log(all) - sum / all);
  }
}
