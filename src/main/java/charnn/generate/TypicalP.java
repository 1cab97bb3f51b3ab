package charnn.generate;

import charnn.engine.Logits;
import charnn.util.Setting;
import java.util.Arrays;

/**
 * Keeps the most typical characters with a total probability of at least p: those whose information
 * -ln p(c) is closest to the entropy (locally typical sampling; Meister et al., 2022). Neither the
 * dull nor the absurd is typical.
 *
 * @param p more than 0, at most 1
 */
public record TypicalP(double p) implements StatelessStep {
  public TypicalP {
    Setting.TYPICAL_P.require(p);
  }

  @Override
  public Stage stage() {
    return Stage.TYPICAL_P;
  }

  @Override
  public void apply(float[] logits) {
    double[] probabilities = Logits.softmax(logits);
    double entropy = Filters.entropy(probabilities);
    double[] distance = new double[logits.length];
    Arrays.setAll(
        distance,
        i ->
            probabilities[i] > 0
                ? Math.abs(-StrictMath.log(probabilities[i]) - entropy)
                : Double.POSITIVE_INFINITY);
    Filters.keepFirst(logits, probabilities, distance, p);
  }
}
