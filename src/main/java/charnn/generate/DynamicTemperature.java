package charnn.generate;

import charnn.engine.Logits;
import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;

/**
 * A sampling temperature that follows the entropy: low where the model is sure, inside words, and
 * high where it is not, at their start (after Zhang et al., "EDT: improving large language models'
 * generation by entropy-based dynamic temperature sampling", 2024; linear in the entropy, as in
 * llama.cpp):
 *
 * <pre>
 *   T = low + (high - low) H / ln n
 * </pre>
 *
 * where H is the entropy at temperature 1, and n the number of admissible characters.
 *
 * @param low more than 0
 * @param high at least low
 */
public record DynamicTemperature(double low, double high) implements StatelessStep {
  public DynamicTemperature {
    Setting.DYNAMIC_TEMPERATURE.require(low);
    Setting.DYNAMIC_TEMPERATURE.require(high);
    if (high < low) {
      throw new InvalidSettingException(
          Sentence.of(
              "%s: the low one, %s, must not be above the high one, %s",
              Setting.DYNAMIC_TEMPERATURE, low, high));
    }
  }

  @Override
  public Stage stage() {
    return Stage.TEMPERATURE;
  }

  @Override
  public void apply(float[] logits) {
    int admissible = 0;
    for (float logit : logits) {
      admissible += logit > Float.NEGATIVE_INFINITY ? 1 : 0;
    }
    double relative =
        admissible > 1 ? Filters.entropy(Logits.softmax(logits)) / StrictMath.log(admissible) : 0;
    new Temperature(low + (high - low) * Math.min(1, relative)).apply(logits);
  }
}
