package charnn.plan;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.eval.NGramModel;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;

/**
 * Forecasts the validation loss of a run, to about 5 %. A {@link NGramModel}, trained in half a
 * second, measures how hard the text is. The FLOP per character of the text decide how far the
 * network gets below that. The constants are fitted to the LSTM runs in docs/results.md.
 *
 * <p>This holds for texts where longer contexts help more and more, as in a book. Otherwise the
 * n-gram model is as good as any: no network gets below the entropy of random characters.
 */
public final class LossForecast {
  private static final int MOST_TRAINING = 500_000;
  private static final int MOST_VALIDATION = 50_000;

  // Ratio of a network's loss to the n-gram model's at 1e6 FLOP per character; its gain by 10
  // times.
  private static final double RATIO_AT_A_MILLION = 0.907;
  private static final double GAIN_OF_TEN_TIMES = 0.026;
  private static final double LEAST_RATIO = 0.82;

  /**
   * The relative gain of contexts longer than {@value #SHORT} characters from which on a text
   * counts as a book.
   */
  private static final double GAIN_OF_A_BOOK = 0.05;

  private static final int SHORT = 2;

  private LossForecast() {}

  /** Returns whether the constants are fitted to runs of a cell: only then there is a forecast. */
  public static boolean isFittedTo(CellType cell) {
    return cell == CellType.LSTM;
  }

  /**
   * Returns the loss in nats per character; NaN without a validation set, or if nothing is fitted
   * to the network's cell.
   *
   * @param characters trained on in the whole run
   */
  static double of(TrainValidationSplit split, NetworkSpec architecture, double characters) {
    return isFittedTo(architecture.cell())
        ? of(split, architecture.vocabularySize(), characters * architecture.trainingFlop())
        : Double.NaN;
  }

  /**
   * Returns the loss in nats per character; NaN without a validation set.
   *
   * @param flop of the whole run
   */
  static double of(TrainValidationSplit split, int vocabularySize, double flop) {
    Tokens latest = split.training().last(MOST_TRAINING);
    Tokens validation = split.validation().first(MOST_VALIDATION);
    double tens = Math.log10(flop / split.training().length() / 1e6);
    double ratio = Math.max(LEAST_RATIO, RATIO_AT_A_MILLION - GAIN_OF_TEN_TIMES * tens);
    return validation.length() == 0
        ? Double.NaN
        : forecast(new NGramModel(latest, vocabularySize).losses(validation), ratio);
  }

  /**
   * Returns the forecast of the loss.
   *
   * @param losses of the n-gram model, by context length
   * @param ratio of a network's loss to the n-gram model's on a book
   */
  static double forecast(double[] losses, double ratio) {
    int best = 0;
    for (int k = 1; k < losses.length; k++) {
      best = losses[k] < losses[best] ? k : best;
    }
    if (best <= SHORT) {
      return losses[best];
    }
    double gain = (losses[SHORT] - losses[best]) / losses[SHORT];
    // In a book, each longer context gains less than the one before.
    double last =
        (losses[best - 1] - losses[best])
            / Math.max(Double.MIN_NORMAL, losses[best - 2] - losses[best - 1]);
    double likeABook = Math.min(1, gain / GAIN_OF_A_BOOK) * Math.max(0, Math.min(1, 2 - 2 * last));
    return losses[best] + likeABook * (ratio * losses[losses.length - 1] - losses[best]);
  }
}
