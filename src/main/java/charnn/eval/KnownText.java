package charnn.eval;

import charnn.data.CorpusException;
import charnn.data.Vocabulary;

/**
 * What a model can read of a text, and what it is charged for the rest. The first known character
 * is read and not predicted.
 *
 * @param tokens token ids of the known characters, 2 or more
 * @param unknown number of the others
 * @param charge of them
 */
public record KnownText(char[] tokens, long unknown, UnknownCharge charge) {
  /**
   * Returns a text as a model with this vocabulary reads it.
   *
   * @throws CorpusException if nothing is left to predict
   */
  public static KnownText of(String text, Vocabulary vocabulary) throws CorpusException {
    if (text.codePointCount(0, text.length()) < 2) {
      throw new CorpusException(
          "the text has fewer than two characters, and the first is not predicted; name a longer text");
    }
    long unknown = vocabulary.unknown(text);
    char[] tokens = vocabulary.encode(vocabulary.withoutUnknown(text));
    if (tokens.length < 2) {
      throw new CorpusException(
          "the model knows fewer than two of the characters to predict; is it the model for this text?");
    }
    return new KnownText(
        tokens, unknown, UnknownCharge.of(unknown, unknown + tokens.length - 1, vocabulary.size()));
  }
}
