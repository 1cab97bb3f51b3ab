package charnn.eval;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Copy detection: the verbatim overlap of a text with a reference text, such as the training set.
 *
 * <p>Characters are Unicode code points. White space is normalized: a run of it counts as one
 * space, and is stripped from either end.
 *
 * @param longest common substring
 * @param textIndex its offset in the text
 * @param referenceIndex its offset in the reference
 * @param copied characters of the text in common substrings of at least {@link #LONG} characters
 * @param characters of the text
 */
public record CopyDetection(
    String longest, int textIndex, int referenceIndex, int copied, int characters) {
  /** Shorter common substrings occur in any two texts of one language and genre. */
  public static final int LONG = 50;

  /** Compares a text with a reference, in O(n log n) of their lengths. */
  public static CopyDetection of(String text, String reference) {
    Windows ofText = new Windows(text);
    Windows ofReference = new Windows(reference);
    // Binary search for the length: a common substring has common substrings of all shorter
    // lengths.
    int length = 0;
    int[] offsets = {0, 0};
    int tooLong = Math.min(ofText.characters.length, ofReference.characters.length) + 1;
    while (tooLong - length > 1) {
      int middle = (length + tooLong) >>> 1;
      int[] common = firstCommon(ofText, ofReference, middle);
      if (common == null) {
        tooLong = middle;
      } else {
        length = middle;
        offsets = common;
      }
    }
    return new CopyDetection(
        new String(ofText.characters, offsets[0], length),
        offsets[0],
        offsets[1],
        copied(ofText, ofReference),
        ofText.characters.length);
  }

  /** Returns the fraction of the text that is copied, 0 to 1. */
  public double copiedFraction() {
    return characters == 0 ? 0 : (double) copied / characters;
  }

  /**
   * Returns the offsets of a common substring of a length in text and reference; null if there is
   * none.
   */
  private static int[] firstCommon(Windows text, Windows reference, int length) {
    long[] ofText = text.sortedHashes(length);
    for (int i = 0; i < reference.count(length); i++) {
      long hash = reference.hash(i, length);
      if (Arrays.binarySearch(ofText, hash) >= 0) {
        int offset = text.first(hash, length);
        if (Arrays.equals(
            text.characters, offset, offset + length, reference.characters, i, i + length)) {
          return new int[] {offset, i};
        }
      }
    }
    return null;
  }

  private static int copied(Windows text, Windows reference) {
    long[] ofReference = reference.sortedHashes(LONG);
    int copied = 0;
    int counted = 0; // end of the copied characters so far
    for (int i = 0; i < text.count(LONG); i++) {
      if (Arrays.binarySearch(ofReference, text.hash(i, LONG)) >= 0) {
        copied += i + LONG - Math.max(counted, i);
        counted = i + LONG;
      }
    }
    return copied;
  }

  /** Rolling hashes of all windows of a text, from prefix hashes (Karp and Rabin, 1987). */
  private static final class Windows {
    private static final long BASE = 0x5851F42D4C957F2DL;

    private final int[] characters;
    private final long[] hashes; // of the first i characters
    private final long[] powers;

    Windows(String text) {
      characters = normalized(text);
      hashes = new long[characters.length + 1];
      powers = new long[characters.length + 1];
      powers[0] = 1;
      for (int i = 0; i < characters.length; i++) {
        hashes[i + 1] = hashes[i] * BASE + characters[i] + 1;
        powers[i + 1] = powers[i] * BASE;
      }
    }

    private static int[] normalized(String text) {
      int[] characters = text.codePoints().toArray();
      int n = 0;
      boolean space = false;
      for (int c : characters) {
        if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
          space = n > 0;
        } else {
          if (space) {
            characters[n++] = ' ';
            space = false;
          }
          characters[n++] = c;
        }
      }
      return Arrays.copyOf(characters, n);
    }

    int count(int length) {
      return Math.max(0, characters.length - length + 1);
    }

    long hash(int from, int length) {
      return hashes[from + length] - hashes[from] * powers[length];
    }

    long[] sortedHashes(int length) {
      return IntStream.range(0, count(length)).mapToLong(i -> hash(i, length)).sorted().toArray();
    }

    /** Returns the offset of the first window with a hash. */
    int first(long hash, int length) {
      int i = 0;
      while (hash(i, length) != hash) {
        i++;
      }
      return i;
    }
  }
}
