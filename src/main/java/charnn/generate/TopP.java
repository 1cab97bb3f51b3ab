package charnn.generate;

import charnn.engine.Logits;
import charnn.util.Setting;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Keeps the smallest set of most probable characters with a total probability of at least p
 * (nucleus sampling; Holtzman et al., "The curious case of neural text degeneration", 2020).
 *
 * @param p more than 0, at most 1
 */
public record TopP(double p) implements LogitFilter {
  public TopP {
    Setting.TOP_P.require(p);
  }

  @Override
  public void apply(float[] logits) {
    double[] probabilities = Logits.softmax(logits);
    int[] descending =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
            .mapToInt(i -> i)
            .toArray();
    double sum = 0;
    for (int index : descending) {
      if (sum >= p) {
        logits[index] = Float.NEGATIVE_INFINITY;
      }
      sum += probabilities[index];
    }
  }
}
