package charnn.engine;

import charnn.nn.RecurrentState;

/** Advances B streams by one character at a time. Not for use by several threads at once. */
public interface InferencePass {
  /**
   * Reads the next character of each stream.
   *
   * @param characters [B] token ids: indices in the vocabulary
   * @param logits [B x V], overwritten: the unnormalised log-probabilities of the character after
   *     it
   */
  void step(int[] characters, float[] logits);

  /** Sets the state of all streams to zero. */
  void reset();

  /**
   * Copies the state of all streams.
   *
   * @param to of B rows
   */
  void save(RecurrentState to);

  /**
   * Sets the state of all streams.
   *
   * @param from of B rows
   */
  void load(RecurrentState from);
}
