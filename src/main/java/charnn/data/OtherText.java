package charnn.data;

import static charnn.util.Formats.format;

import charnn.util.Sentence;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text in the vocabulary of another, without the characters that this does not have.
 *
 * @param tokens of the others; of documents, with a mark before the first
 * @param unknown number of the characters that are left out
 * @param different code points that are left out
 */
public record OtherText(Tokens tokens, long unknown, int[] different) {
  /** Characters that a note names. */
  private static final int NAMED = 5;

  public static OtherText of(CorpusText text, Vocabulary vocabulary) {
    Vocabulary own = text.vocabulary();
    Tokens all = text.tokens(own);
    int[] known = Arrays.stream(own.codePoints()).map(vocabulary::indexOrUnknown).toArray();
    StringBuilder tokens = new StringBuilder();
    if (own.documentMark() >= 0 && vocabulary.documentMark() >= 0) {
      tokens.append((char) vocabulary.documentMark());
    }
    long unknown = 0;
    for (long i = 0; i < all.length(); i++) {
      int token = known[all.at(i)];
      if (token < 0) {
        unknown++;
      } else {
        tokens.append((char) token);
      }
    }
    return new OtherText(
        Tokens.of(tokens.toString().toCharArray()),
        unknown,
        Arrays.stream(own.codePoints()).filter(c -> vocabulary.indexOrUnknown(c) < 0).toArray());
  }

  /** Returns what is left out of a validation set, if anything is. */
  public Optional<Sentence> note() {
    if (unknown == 0) {
      return Optional.empty();
    }
    String named =
        String.join(
            ", ", Arrays.stream(different).limit(NAMED).mapToObj(Vocabulary::describe).toList());
    return Optional.of(
        Sentence.of(
            "left out of the validation corpus: %s characters that never occur in the training text (%s%s)",
            format("%,d", unknown),
            named,
            different.length > NAMED ? format(" and %,d more", different.length - NAMED) : ""));
  }
}
