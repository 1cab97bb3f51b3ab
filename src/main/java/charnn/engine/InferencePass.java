package charnn.engine;

/** Advances B texts by one character at a time. Not for use by several threads at once. */
public interface InferencePass {
  /**
   * Reads the next character of each text.
   *
   * @param characters [B] indices in the alphabet
   * @param logits [B x V], overwritten: the unnormalised log-probabilities of the character after
   *     it
   */
  void step(int[] characters, float[] logits);

  /** Forgets everything read so far. */
  void reset();
}
