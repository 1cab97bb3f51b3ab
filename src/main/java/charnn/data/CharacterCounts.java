package charnn.data;

import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each character occurs in a text.
 *
 * @param vocabulary of all characters of the text
 * @param counts of each of them, by token id
 */
public record CharacterCounts(Vocabulary vocabulary, long[] counts) {
  /**
   * The characters that became the unknown one.
   *
   * @param characters how many different ones
   * @param occurrences of all of them
   */
  public record Rare(int characters, long occurrences) {
    /**
     * @throws IllegalArgumentException if there are none
     */
    public Rare {
      if (characters < 1 || occurrences < characters) {
        throw new IllegalArgumentException("rare characters must occur");
      }
    }
  }

  /** Counts the characters of a text. */
  public static CharacterCounts of(CorpusText text) {
    Vocabulary vocabulary = text.vocabulary();
    Tokens tokens = text.tokens(vocabulary);
    long[] counts = new long[vocabulary.size()];
    for (long i = 0; i < tokens.length(); i++) {
      counts[tokens.at(i)]++;
    }
    return new CharacterCounts(vocabulary, counts);
  }

  /** Returns how many characters occur once. */
  public int once() {
    return (int) Arrays.stream(counts).filter(count -> count == 1).count();
  }

  /**
   * Returns the vocabulary of the characters that occur often enough or are known, and of the
   * unknown character if there are others.
   *
   * @param least number of occurrences that are enough
   * @param known null: none
   * @throws InvalidSettingException if fewer than two are left
   */
  public Vocabulary frequent(int least, Vocabulary known) {
    int[] frequent =
        IntStream.range(0, counts.length)
            .filter(token -> counts[token] >= least || isKept(vocabulary.codePoint(token), known))
            .map(vocabulary::codePoint)
            .toArray();
    if (frequent.length < 2) {
      throw new InvalidSettingException(
          Sentence.of(
              "fewer than two characters occur %d times or more: give a smaller %s",
              least, Setting.MIN_COUNT));
    }
    IntStream others =
        frequent.length < counts.length ? IntStream.of(SpecialSymbols.UNKNOWN) : IntStream.empty();
    return Vocabulary.of(IntStream.concat(Arrays.stream(frequent), others).sorted().toArray());
  }

  private static boolean isKept(int codePoint, Vocabulary known) {
    return SpecialSymbols.isSpecial(codePoint) || (known != null && known.indexOf(codePoint) >= 0);
  }

  /** Returns the characters that a vocabulary lacks; null if there are none. */
  public Rare missingFrom(Vocabulary other) {
    int characters = 0;
    long occurrences = 0;
    for (int token = 0; token < counts.length; token++) {
      if (other.indexOf(vocabulary.codePoint(token)) < 0) {
        characters++;
        occurrences += counts[token];
      }
    }
    return characters == 0 ? null : new Rare(characters, occurrences);
  }
}
