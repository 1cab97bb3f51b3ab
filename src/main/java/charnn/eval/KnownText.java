package charnn.eval;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.data.Vocabulary;

/**
 * What a model can read of a text, and what it is charged for the rest. The first token is read and
 * not predicted: that is the document mark if the model knows one, else the first known character.
 *
 * @param tokens token ids in the order in which the model reads, 2 or more
 * @param isMarked whether the first is a mark that is not in the text
 * @param unknown number of the others
 * @param charge of them
 */
public record KnownText(char[] tokens, boolean isMarked, long unknown, UnknownCharge charge) {
  /**
   * Returns a text as a model with this vocabulary reads it.
   *
   * @throws CorpusException if nothing is left to predict
   */
  public static KnownText of(String text, Vocabulary vocabulary, Direction direction)
      throws CorpusException {
    int mark = vocabulary.documentMark();
    if (mark < 0 && text.codePointCount(0, text.length()) < 2 || text.isEmpty()) {
      throw new CorpusException(
          "the text has fewer than two characters, and the first is not predicted; name a longer text");
    }
    long unknown = vocabulary.unknown(text);
    char[] known = direction.turned(vocabulary.encode(vocabulary.withoutUnknown(text)));
    boolean isMarked = mark >= 0 && (known.length == 0 || known[0] != mark);
    char[] tokens = isMarked ? new char[known.length + 1] : known;
    if (isMarked) {
      tokens[0] = (char) mark;
      System.arraycopy(known, 0, tokens, 1, known.length);
    }
    if (tokens.length < 2) {
      throw new CorpusException(
          "the model knows fewer than two of the characters to predict; is it the model for this text?");
    }
    return new KnownText(
        tokens,
        isMarked,
        unknown,
        UnknownCharge.of(unknown, unknown + tokens.length - 1, vocabulary.size()));
  }
}
