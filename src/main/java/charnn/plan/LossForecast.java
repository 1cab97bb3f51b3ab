package charnn.plan;

import charnn.data.TrainValidationSplit;
import charnn.eval.NGramModel;
import java.util.Arrays;

/**
 * Predicts the validation loss of a run before it begins, to about 5 %: how hard the text is tells
 * a {@link NGramModel}, made in half a second; how far below that model a network gets tells the
 * work that it can spend on each character of the text. The fit is to the runs in docs/results.md.
 *
 * <p>It holds where longer and longer contexts tell more and more, as in a book. Where they do not,
 * or tell all at once, the context model has found all there is: random characters cannot be
 * foreseen, and no network gets below their entropy.
 */
final class LossForecast {
  private static final int MOST_TRAINING = 500_000;
  private static final int MOST_HELD_OUT = 50_000;

  // Network over context model, at a million operations a character; what ten times as many gain.
  private static final double RATIO_AT_A_MILLION = 0.907;
  private static final double GAIN_OF_TEN_TIMES = 0.026;
  private static final double LEAST_RATIO = 0.82;

  /**
   * What contexts of more than {@value #SHORT} characters must gain, as a part of the loss, for a
   * network to gain what it does on a book.
   */
  private static final double GAIN_OF_A_BOOK = 0.05;

  private static final int SHORT = 2;

  private LossForecast() {}

  /**
   * Returns nats per character; not a number if nothing is held out.
   *
   * @param operations of the whole run, floating-point
   */
  static double of(TrainValidationSplit split, int vocabularySize, double operations) {
    char[] training = split.training();
    char[] latest =
        Arrays.copyOfRange(training, Math.max(0, training.length - MOST_TRAINING), training.length);
    char[] validation =
        Arrays.copyOf(split.validation(), Math.min(MOST_HELD_OUT, split.validation().length));
    double tens = Math.log10(operations / training.length / 1e6);
    double ratio = Math.max(LEAST_RATIO, RATIO_AT_A_MILLION - GAIN_OF_TEN_TIMES * tens);
    return validation.length == 0
        ? Double.NaN
        : expected(new NGramModel(latest, vocabularySize).losses(validation), ratio);
  }

  /**
   * Returns the expected loss.
   *
   * @param losses of the context model, by the number of characters that it looks back on
   * @param ratio of a network's loss to the context model's on a book
   */
  static double expected(double[] losses, double ratio) {
    int best = 0;
    for (int k = 1; k < losses.length; k++) {
      best = losses[k] < losses[best] ? k : best;
    }
    if (best <= SHORT) {
      return losses[best];
    }
    double gain = (losses[SHORT] - losses[best]) / losses[SHORT];
    // In a book, each character more tells less than the one before. Where the last tells more, it
    // completes what the text's next character depends on.
    double last =
        (losses[best - 1] - losses[best])
            / Math.max(Double.MIN_NORMAL, losses[best - 2] - losses[best - 1]);
    double likeABook = Math.min(1, gain / GAIN_OF_A_BOOK) * Math.max(0, Math.min(1, 2 - 2 * last));
    return losses[best] + likeABook * (ratio * losses[losses.length - 1] - losses[best]);
  }
}
