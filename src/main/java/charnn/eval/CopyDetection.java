package charnn.eval;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much of a text is copied from a book: the passages that the two share, letter by letter, but
 * for how they are broken into lines.
 *
 * <p>Characters are Unicode code points. In text and book a run of white space counts as one space,
 * and that at either end as nothing.
 *
 * @param longest passage of the text that stands in the book too
 * @param textIndex characters before it in the text
 * @param bookIndex characters before it in the book
 * @param copied characters of the text that belong to a shared passage of at least {@link #LONG}
 * @param characters of the text
 */
public record CopyDetection(
    String longest, int textIndex, int bookIndex, int copied, int characters) {
  /** Shorter passages are shared by any two texts of one language and kind. */
  public static final int LONG = 50;

  /** Compares a text with a book; takes time in proportion to n log n of their lengths n. */
  public static CopyDetection of(String text, String book) {
    Windows ofText = new Windows(text);
    Windows ofBook = new Windows(book);
    // If a passage is shared, so is one that is shorter by a character: halving finds the longest.
    int length = 0;
    int[] place = {0, 0};
    int tooLong = Math.min(ofText.characters.length, ofBook.characters.length) + 1;
    while (tooLong - length > 1) {
      int middle = (length + tooLong) >>> 1;
      int[] shared = firstShared(ofText, ofBook, middle);
      if (shared == null) {
        tooLong = middle;
      } else {
        length = middle;
        place = shared;
      }
    }
    return new CopyDetection(
        new String(ofText.characters, place[0], length),
        place[0],
        place[1],
        copied(ofText, ofBook),
        ofText.characters.length);
  }

  /** Returns the share of the text that is copied, 0 to 1. */
  public double copiedShare() {
    return characters == 0 ? 0 : (double) copied / characters;
  }

  /** Returns where a passage of a length stands in text and book; null if there is none. */
  private static int[] firstShared(Windows text, Windows book, int length) {
    long[] ofText = text.sortedHashes(length);
    for (int i = 0; i < book.count(length); i++) {
      long hash = book.hash(i, length);
      if (Arrays.binarySearch(ofText, hash) >= 0) {
        int place = text.first(hash, length);
        if (Arrays.equals(text.characters, place, place + length, book.characters, i, i + length)) {
          return new int[] {place, i};
        }
      }
    }
    return null;
  }

  private static int copied(Windows text, Windows book) {
    long[] ofBook = book.sortedHashes(LONG);
    int copied = 0;
    int counted = 0; // everything before it
    for (int i = 0; i < text.count(LONG); i++) {
      if (Arrays.binarySearch(ofBook, text.hash(i, LONG)) >= 0) {
        copied += i + LONG - Math.max(counted, i);
        counted = i + LONG;
      }
    }
    return copied;
  }

  /** The hashes of all windows of a text, each from two sums (Karp and Rabin, 1987). */
  private static final class Windows {
    private static final long BASE = 0x5851F42D4C957F2DL;

    private final int[] characters;
    private final long[] sums; // of the first i characters
    private final long[] powers;

    Windows(String text) {
      characters = folded(text);
      sums = new long[characters.length + 1];
      powers = new long[characters.length + 1];
      powers[0] = 1;
      for (int i = 0; i < characters.length; i++) {
        sums[i + 1] = sums[i] * BASE + characters[i] + 1;
        powers[i + 1] = powers[i] * BASE;
      }
    }

    private static int[] folded(String text) {
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
      return sums[from + length] - sums[from] * powers[length];
    }

    long[] sortedHashes(int length) {
      return IntStream.range(0, count(length)).mapToLong(i -> hash(i, length)).sorted().toArray();
    }

    /** Returns where the first window of a hash begins. */
    int first(long hash, int length) {
      int i = 0;
      while (hash(i, length) != hash) {
        i++;
      }
      return i;
    }
  }
}
