package charnn.engine;

import charnn.nn.RecurrentState;

/** Advances B streams by one character at a time. Not for use by several threads at once. */
public interface InferencePass {
  /**
   * Reads the next character of each stream; one that reads the {@link
   * charnn.nn.NetworkSpec#documentMark} is set to zero state before.
   *
   * @param characters [B] token ids: indices in the vocabulary
   * @param logits [B x V], overwritten: the unnormalised log-probabilities of the character after
   *     it
   */
  void step(int[] characters, float[] logits);

  /**
   * Copies the state of a stream.
   *
   * @param stream 0 to B - 1
   * @param to of one row
   */
  void save(int stream, RecurrentState to);

  /**
   * Sets the state of a stream.
   *
   * @param stream 0 to B - 1
   * @param from of one row
   */
  void load(int stream, RecurrentState from);
}
