package charnn.generate;

/**
 * Divides the logits: below 1 likely characters become likelier, above 1 the distribution flattens.
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
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (logits[i] / value);
    }
  }
}
