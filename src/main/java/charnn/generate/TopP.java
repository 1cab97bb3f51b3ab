package charnn.generate;

import charnn.engine.Logits;
import charnn.util.Setting;
import java.util.Arrays;

/**
 * Keeps the smallest set of most probable characters with a total probability of at least p
 * (nucleus sampling; Holtzman et al., "The curious case of neural text degeneration", 2020).
 *
 * @param p more than 0, at most 1
 */
public record TopP(double p) implements StatelessStep {
  public TopP {
    Setting.TOP_P.require(p);
  }

  @Override
  public Stage stage() {
    return Stage.TOP_P;
  }

  @Override
  public void apply(float[] logits) {
    double[] probabilities = Logits.softmax(logits);
    Filters.keepFirst(
        logits, probabilities, Arrays.stream(probabilities).map(q -> -q).toArray(), p);
  }
}
