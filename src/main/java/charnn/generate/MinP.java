package charnn.generate;

import charnn.util.Setting;

/**
 * Keeps the characters that are at least p times as probable as the most probable one (min-p;
 * Nguyen et al., "Turning up the heat: min-p sampling for creative and coherent LLM outputs",
 * 2024).
 *
 * @param p 0 to 1
 */
public record MinP(double p) implements StatelessStep {
  public MinP {
    Setting.MIN_P.require(p);
  }

  @Override
  public Stage stage() {
    return Stage.MIN_P;
  }

  @Override
  public void apply(float[] logits) {
    double least = Filters.max(logits) + StrictMath.log(p);
    Filters.exclude(logits, i -> logits[i] < least);
  }
}
