package charnn.generate;

/**
 * Divides the logits, less the largest: below 1 likely characters become likelier, above 1 the
 * distribution flattens.
 *
 * @param value more than 0; greedy choice, which stands for 0, is {@link Sampler#greedy}
 */
public record Temperature(double value) implements LogitFilter {
  public Temperature {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("temperature must be more than 0, got " + value);
    }
  }

  @Override
  public void apply(float[] logits) {
    // The largest becomes 0: the smallest temperature then makes the others minus infinity, and
    // none infinite.
    float max = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) ((logits[i] - max) / value);
    }
  }
}
