package charnn.generate;

import charnn.util.Setting;

/**
 * Keeps the characters whose logit is at most n standard deviations below the largest (Tang et al.,
 * "Top-n sigma: not all logits are you need", 2024). The deviation is that of the model's logits,
 * of all characters that are allowed; the set does not depend on the temperature.
 *
 * @param n more than 0
 */
public record TopNSigma(double n) implements StatelessStep {
  public TopNSigma {
    Setting.TOP_N_SIGMA.require(n);
  }

  @Override
  public Stage stage() {
    return Stage.TOP_N_SIGMA;
  }

  @Override
  public void apply(float[] logits) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    double max = Filters.max(logits);
    for (float logit : logits) {
      if (logit > Float.NEGATIVE_INFINITY) {
        double below = max - logit; // The largest is subtracted first: squares stay exact.
        sum += below;
        squares += below * below;
        count++;
      }
    }
    double mean = sum / count;
    double least = max - n * StrictMath.sqrt(Math.max(0, squares / count - mean * mean));
    Filters.exclude(logits, i -> logits[i] < least);
  }
}
