package charnn.generate;

/**
 * Divides the logits by the sampling temperature, after subtracting the largest. Below 1 the
 * distribution becomes sharper, above 1 flatter.
 *
 * @param value more than 0; for 0 see {@link Sampler#greedy}
 */
public record Temperature(double value) implements StatelessStep {
  public Temperature {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("temperature must be more than 0, got " + value);
    }
  }

  @Override
  public Stage stage() {
    return Stage.TEMPERATURE;
  }

  @Override
  public void apply(float[] logits) {
    // The largest becomes 0, so that a tiny temperature cannot make it infinite.
    float max = Filters.max(logits);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) ((logits[i] - max) / value);
    }
  }
}
