package charnn.generate;

/** Reshapes the distribution of the next character before one is drawn. */
@FunctionalInterface
public interface LogitFilter {
  /**
   * Changes logits in place; minus infinity excludes a character. At least one stays finite.
   *
   * @param logits [V]
   */
  void apply(float[] logits);
}
