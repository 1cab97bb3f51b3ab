package charnn.proofread;

import charnn.util.RandomStreams;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A text with random errors, to measure how many of them are found: one character in some number,
 * each place as probable as any other, gives way to one of the V - 1 other characters, each as
 * probable as any other.
 *
 * @param text token ids, with the errors
 * @param places of the errors, ascending
 * @param right token ids that belong there
 */
public record RandomErrors(char[] text, int[] places, char[] right) {
  /**
   * Makes errors.
   *
   * @param correct token ids, not changed
   * @param v size of the vocabulary, at least 2
   * @param every characters that have one error, on average
   */
  public static RandomErrors of(char[] correct, int v, int every, long seed) {
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.ERRORS);
    BitSet chosen = new BitSet(correct.length);
    int count = correct.length / every;
    while (chosen.cardinality() < count) {
      chosen.set(random.nextInt(correct.length));
    }
    int[] places = chosen.stream().toArray();
    char[] text = correct.clone();
    char[] right = new char[count];
    for (int i = 0; i < count; i++) {
      right[i] = correct[places[i]];
      int other = random.nextInt(v - 1);
      text[places[i]] = (char) (other < right[i] ? other : other + 1);
    }
    return new RandomErrors(text, places, right);
  }

  /**
   * How well corrections find the errors.
   *
   * @param errors in the text
   * @param found corrections, right or not
   * @param hits corrections of a character that is an error
   * @param restored hits that put the right character there
   */
  public record Score(int errors, int found, int hits, int restored) {
    /** Returns the part of what is found that is an error; NaN if nothing is found. */
    public double precision() {
      return (double) hits / found;
    }

    /** Returns the part of the errors that is found. */
    public double recall() {
      return (double) hits / errors;
    }
  }

  /** Returns how well corrections of the text find its errors. */
  public Score score(List<Correction> corrections) {
    int hits = 0;
    int restored = 0;
    for (Correction correction : corrections) {
      int error = first(correction.at());
      if (error < places.length && places[error] < correction.end()) {
        hits++;
        boolean isOne = correction.kind() == ErrorKind.WRONG;
        restored += isOne && correction.inserted()[0] == right[error] ? 1 : 0;
      }
    }
    return new Score(places.length, corrections.size(), hits, restored);
  }

  /** Returns the number of the first error at an index or after it. */
  private int first(int index) {
    int found = Arrays.binarySearch(places, index);
    return found < 0 ? -found - 1 : found;
  }
}
