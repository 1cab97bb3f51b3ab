package charnn.predict;

/**
 * Predicts the next character of B texts, as it reads them character by character. A text's
 * predictions do not depend on the others. Not for use by several threads at once.
 */
public interface Predictor {
  /**
   * Reads the next character of each text.
   *
   * @param characters [B] token ids in the language model's vocabulary
   * @param logits [B x V], overwritten: the unnormalised log-probabilities of the character after
   *     it
   */
  void step(int[] characters, float[] logits);

  /** Returns what it remembers of a text, 0 to B - 1; a copy. */
  TextState save(int text);

  /**
   * Continues a text, 0 to B - 1, from a state of the same language model, whatever the predictor
   * that saved it.
   */
  void load(int text, TextState from);
}
