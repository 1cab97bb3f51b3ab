package charnn.generate;

/** Changes the distribution of the next character before sampling. */
@FunctionalInterface
public interface LogitFilter {
  /**
   * Changes logits in place; minus infinity excludes a token. At least one stays finite.
   *
   * @param logits [V]
   */
  void apply(float[] logits);

  /**
   * A character follows: of the prompt, or the one sampled from the logits of the last {@link
   * #apply}.
   *
   * @param token its id
   */
  default void read(int token) {}

  /** Continues a text from a saved state; by default, reads its recent characters. */
  default void resume(SamplerState state) {
    for (int token : state.recent()) {
      read(token);
    }
  }

  /** Returns a state with what the filter remembers beside the characters. */
  default SamplerState save(SamplerState state) {
    return state;
  }

  /**
   * Returns what takes the filter back to where it is now, as often as it is run, if at most {@link
   * BacktrackingSampler#WINDOW} characters were read since.
   */
  default Runnable mark() {
    return () -> {};
  }
}
