package charnn.predict;

import charnn.data.Vocabulary;

/**
 * Two models that together know what stands on both sides of a place in a text. They know the same
 * characters, and a token id means the same to both.
 *
 * @param forward predicts a character from all those before it
 * @param backward predicts a character from all those after it: it reads token ids from a text's
 *     end to its beginning
 */
public record BothSides(LanguageModel forward, LanguageModel backward) {
  /**
   * @throws IllegalArgumentException if the models know different characters
   */
  public BothSides {
    if (!forward.vocabulary().equals(backward.vocabulary())) {
      throw new IllegalArgumentException("the two models know different characters");
    }
  }

  /** Returns the V characters that both know. */
  public Vocabulary vocabulary() {
    return forward.vocabulary();
  }
}
