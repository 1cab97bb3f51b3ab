package charnn.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much of a text is copied from a book: the passages that the two share, letter by letter.
 *
 * @param longest passage of the text that stands in the book too
 * @param textIndex where it begins in the text
 * @param bookIndex where it begins in the book
 * @param copied characters of the text that belong to a shared passage of at least {@link #LONG}
 * @param characters of the text
 */
public record Novelty(String longest, int textIndex, int bookIndex, int copied, int characters) {
  /** Shorter passages are shared by any two texts of one language and kind. */
  public static final int LONG = 50;

  /** Compares a text with a book; takes time in proportion to the book's length. */
  public static Novelty of(String text, String book) {
    Windows ofText = new Windows(text);
    Windows ofBook = new Windows(book);
    // If a passage is shared, so is one that is shorter by a character: halving finds the longest.
    int length = 0;
    int[] place = {0, 0};
    int tooLong = Math.min(text.length(), book.length()) + 1;
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
    return new Novelty(
        text.substring(place[0], place[0] + length),
        place[0],
        place[1],
        copied(ofText, ofBook),
        text.length());
  }

  /** Returns the share of the text that is copied, 0 to 1. */
  public double copiedShare() {
    return characters == 0 ? 0 : (double) copied / characters;
  }

  /** Returns where a passage of a length stands in text and book; null if there is none. */
  private static int[] firstShared(Windows text, Windows book, int length) {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = text.count(length) - 1; i >= 0; i--) {
      places.put(text.hash(i, length), i);
    }
    for (int i = 0; i < book.count(length); i++) {
      Integer place = places.get(book.hash(i, length));
      if (place != null && text.text.regionMatches(place, book.text, i, length)) {
        return new int[] {place, i};
      }
    }
    return null;
  }

  private static int copied(Windows text, Windows book) {
    Set<Long> ofText = new HashSet<>();
    for (int i = 0; i < text.count(LONG); i++) {
      ofText.add(text.hash(i, LONG));
    }
    Set<Long> shared = new HashSet<>();
    for (int i = 0; i < book.count(LONG); i++) {
      if (ofText.contains(book.hash(i, LONG))) {
        shared.add(book.hash(i, LONG));
      }
    }
    int copied = 0;
    int counted = 0; // everything before it
    for (int i = 0; i < text.count(LONG); i++) {
      if (shared.contains(text.hash(i, LONG))) {
        copied += i + LONG - Math.max(counted, i);
        counted = i + LONG;
      }
    }
    return copied;
  }

  /** The hashes of all windows of a text, each from two sums (Karp and Rabin, 1987). */
  private static final class Windows {
    private static final long BASE = 0x5851F42D4C957F2DL;

    private final String text;
    private final long[] sums; // of the first i characters
    private final long[] powers;

    Windows(String text) {
      this.text = text;
      sums = new long[text.length() + 1];
      powers = new long[text.length() + 1];
      powers[0] = 1;
      for (int i = 0; i < text.length(); i++) {
        sums[i + 1] = sums[i] * BASE + text.charAt(i) + 1;
        powers[i + 1] = powers[i] * BASE;
      }
    }

    int count(int length) {
      return Math.max(0, text.length() - length + 1);
    }

    long hash(int from, int length) {
      return sums[from + length] - sums[from] * powers[length];
    }
  }
}
