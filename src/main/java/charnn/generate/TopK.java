package charnn.generate;

import java.util.Arrays;

/**
 * Keeps the k most probable characters, and those tied with the k-th.
 *
 * @param k 1 or more
 */
public record TopK(int k) implements StatelessStep {
  public TopK {
    if (k < 1) {
      throw new IllegalArgumentException("k must be 1 or more, got " + k);
    }
  }

  @Override
  public Stage stage() {
    return Stage.TOP_K;
  }

  @Override
  public void apply(float[] logits) {
    if (k >= logits.length) {
      return;
    }
    float[] sorted = logits.clone();
    Arrays.sort(sorted);
    float least = sorted[sorted.length - k];
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] < least) {
        logits[i] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}
