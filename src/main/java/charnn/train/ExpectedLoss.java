package charnn.train;

import charnn.score.ContextModel;
import charnn.text.Split;
import java.util.Arrays;

/**
 * Predicts the held-out loss of a run before it begins, to about 5 %: how hard the text is tells a
 * {@link ContextModel}, made in half a second; how far below that model a network gets tells the
 * work that it can spend on each character of the text. The fit is to the runs in docs/results.md.
 */
final class ExpectedLoss {
  private static final int MOST_TRAINING = 500_000;
  private static final int MOST_HELD_OUT = 50_000;

  // Network over context model, at a million operations a character; what ten times as many gain.
  private static final double RATIO_AT_A_MILLION = 0.907;
  private static final double GAIN_OF_TEN_TIMES = 0.026;
  private static final double LEAST_RATIO = 0.82;

  private ExpectedLoss() {}

  /**
   * Returns nats per character; not a number if nothing is held out.
   *
   * @param operations of the whole run, floating-point
   */
  static double of(Split split, int alphabetSize, double operations) {
    char[] training = split.training();
    char[] latest =
        Arrays.copyOfRange(training, Math.max(0, training.length - MOST_TRAINING), training.length);
    char[] heldOut =
        Arrays.copyOf(split.heldOut(), Math.min(MOST_HELD_OUT, split.heldOut().length));
    double tens = Math.log10(operations / training.length / 1e6);
    double ratio = Math.max(LEAST_RATIO, RATIO_AT_A_MILLION - GAIN_OF_TEN_TIMES * tens);
    return heldOut.length == 0
        ? Double.NaN
        : ratio * new ContextModel(latest, alphabetSize).loss(heldOut);
  }
}
