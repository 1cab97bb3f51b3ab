package charnn.eval;

import charnn.data.CorpusException;
import charnn.data.Direction;
import charnn.data.InMemoryText;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * What a model can read of a text, and what it is charged for the rest. The first token is read and
 * not predicted: that is the document mark if the model knows one, else the first known character.
 *
 * @param tokens token ids in the order in which the model reads, 2 or more
 * @param isMarked whether the first is a mark that is not in the text
 * @param unknown number of the others
 * @param charge of them
 */
public record KnownText(Tokens tokens, boolean isMarked, long unknown, UnknownCharge charge) {
  /**
   * Returns a text as a model with this vocabulary reads it.
   *
   * @throws CorpusException if nothing is left to predict
   */
  public static KnownText of(String text, Vocabulary vocabulary, Direction direction)
      throws CorpusException {
    Tokens all = new InMemoryText(text, List.of()).tokens(vocabulary, vocabulary.idOfOthers());
    return of(all, vocabulary, direction);
  }

  /**
   * As {@link #of(String, Vocabulary, Direction)}.
   *
   * @param text token ids; {@link Vocabulary#idOfOthers} for each character that it lacks. Where
   *     such are left out, its cuts are lost
   */
  public static KnownText of(Tokens text, Vocabulary vocabulary, Direction direction)
      throws CorpusException {
    int mark = vocabulary.documentMark();
    if (text.length() < (mark < 0 ? 2 : 1)) {
      throw new CorpusException(
          "the text has fewer than two characters, and the first is not predicted; name a longer text");
    }
    Tokens known = direction.turned(KnownTokens.of(text, vocabulary.size()));
    boolean isMarked = mark >= 0 && (known.length() == 0 || known.at(0) != mark);
    Tokens tokens = isMarked ? new Marked(mark, known) : known;
    if (tokens.length() < 2) {
      throw new CorpusException(
          "the model knows fewer than two of the characters to predict; is it the model for this text?");
    }
    long unknown = text.length() - known.length();
    return new KnownText(
        tokens,
        isMarked,
        unknown,
        UnknownCharge.of(unknown, unknown + tokens.length() - 1, vocabulary.size()));
  }

  /** Tokens behind a mark. */
  private record Marked(int mark, Tokens tokens) implements Tokens {
    @Override
    public long length() {
      return tokens.length() + 1;
    }

    @Override
    public int at(long index) {
      return index == 0 ? mark : tokens.at(index - 1);
    }

    @Override
    public long[] cuts() {
      return Arrays.stream(tokens.cuts()).filter(cut -> cut > 0).map(cut -> cut + 1).toArray();
    }
  }
}
