package charnn.data;

import charnn.util.InvalidSettingException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often each character occurs in a text.
 *
 * @param codePoints all different characters of the text, ascending; there may be more than a
 *     vocabulary has
 * @param counts of each of them
 */
public record CharacterCounts(int[] codePoints, long[] counts) {
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
  public static CharacterCounts of(String text) {
    long[] counts = new long[Character.MAX_CODE_POINT + 1];
    text.codePoints().forEach(codePoint -> counts[codePoint]++);
    int[] codePoints = IntStream.range(0, counts.length).filter(c -> counts[c] > 0).toArray();
    return new CharacterCounts(
        codePoints, Arrays.stream(codePoints).mapToLong(c -> counts[c]).toArray());
  }

  /** Returns the number of different characters. */
  public int different() {
    return codePoints.length;
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
   * @throws InvalidSettingException if fewer than two are left, or too many
   */
  public Vocabulary frequent(int least, Vocabulary known) {
    int[] frequent =
        IntStream.range(0, counts.length)
            .filter(i -> counts[i] >= least || isKept(codePoints[i], known))
            .map(i -> codePoints[i])
            .toArray();
    if (frequent.length < 2) {
      throw new InvalidSettingException(
          Sentence.of(
              "fewer than two characters occur %d times or more: give a smaller %s",
              least, Setting.MIN_COUNT));
    }
    if (frequent.length > Vocabulary.MAX_SIZE - 1) {
      throw new InvalidSettingException(
          Sentence.of(
              "%,d characters occur %d times or more, and a model knows %,d at most: give a larger %s",
              frequent.length, least, Vocabulary.MAX_SIZE, Setting.MIN_COUNT));
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
    for (int i = 0; i < counts.length; i++) {
      if (other.indexOf(codePoints[i]) < 0) {
        characters++;
        occurrences += counts[i];
      }
    }
    return characters == 0 ? null : new Rare(characters, occurrences);
  }
}
