package charnn.data;

import static charnn.util.Formats.format;

import charnn.util.Sentence;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text in the vocabulary of another, which may lack some of its characters. It need not be in
 * memory.
 *
 * @param tokens {@value #UNKNOWN} for a character that the vocabulary lacks; of documents, with a
 *     mark before the first
 * @param unknown number of such characters
 * @param different code points that the vocabulary lacks
 */
public record OtherText(Tokens tokens, long unknown, int[] different) {
  private static final int UNKNOWN = Vocabulary.MAX_SIZE; // no token

  /** Characters that a note names. */
  private static final int NAMED = 5;

  public static OtherText of(CorpusText text, Vocabulary vocabulary) {
    CharacterCounts counts = text.counts();
    int[] own = counts.codePoints();
    long unknown = 0;
    for (int i = 0; i < own.length; i++) {
      unknown += vocabulary.indexOrUnknown(own[i]) < 0 ? counts.counts()[i] : 0;
    }
    int others = vocabulary.unknownCharacter() < 0 ? UNKNOWN : vocabulary.unknownCharacter();
    Tokens tokens = text.tokens(vocabulary, others);
    boolean isMarked =
        own[own.length - 1] == SpecialSymbols.DOCUMENT && vocabulary.documentMark() >= 0;
    return new OtherText(
        isMarked ? new Marked(vocabulary.documentMark(), tokens) : tokens,
        unknown,
        Arrays.stream(own).filter(c -> vocabulary.indexOrUnknown(c) < 0).toArray());
  }

  /** Returns a part of the tokens without the unknown ones, which are left out in memory. */
  Tokens known(Tokens part) {
    if (unknown == 0) {
      return part;
    }
    long[] cuts = part.cuts();
    StringBuilder known = new StringBuilder();
    int cut = 0;
    for (long i = 0; i < part.length(); i++) {
      for (; cut < cuts.length && cuts[cut] == i; cut++) {
        cuts[cut] = known.length();
      }
      if (part.at(i) != UNKNOWN) {
        known.append((char) part.at(i));
      }
    }
    Tokens tokens = Tokens.of(known.toString().toCharArray());
    return cuts.length == 0 ? tokens : Tokens.cut(tokens, cuts);
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
