package charnn.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * What a text shares with a book. For each character of the text, the length is known of the
 * longest substring that ends with it and occurs in the book (matching statistics); all figures
 * follow from these.
 */
public final class Overlap {
  private final int[] lengths; // of the text that this one is a part of
  private final int from;
  private final int to;

  private Overlap(int[] lengths, int from, int to) {
    this.lengths = lengths;
    this.from = from;
    this.to = to;
  }

  /**
   * @param lengths for each character of the text; not copied
   */
  static Overlap of(int... lengths) {
    return new Overlap(lengths, 0, lengths.length);
  }

  /**
   * Returns the overlaps of the text's parts of so many characters; a shorter last one is left out.
   */
  List<Overlap> parts(int characters) {
    List<Overlap> parts = new ArrayList<>();
    for (int at = from; at + characters <= to; at += characters) {
      parts.add(new Overlap(lengths, at, at + characters));
    }
    return parts;
  }

  /** Returns the overlap of a part of the text, from one index to another, exclusive. */
  Overlap part(int first, int end) {
    return new Overlap(lengths, from + first, from + end);
  }

  /** Returns the characters of the longest substring that ends with a character of the text. */
  int length(int index) {
    return Math.min(lengths[index], index + 1 - from);
  }

  /** Returns the characters of the text. */
  public int characters() {
    return to - from;
  }

  /** Returns the characters of the longest passage that both share. */
  public int longest() {
    int longest = 0;
    for (int i = from; i < to; i++) {
      longest = Math.max(longest, length(i));
    }
    return longest;
  }

  /** Returns the characters of the text in shared passages of at least so many characters. */
  public int copied(int atLeast) {
    int copied = 0;
    int counted = from; // the end of those counted
    for (int i = from; i < to; i++) {
      int length = length(i);
      if (length >= atLeast) {
        copied += i + 1 - Math.max(counted, i + 1 - length);
        counted = i + 1;
      }
    }
    return copied;
  }

  /** Returns the fraction of the text that {@link #copied} counts, 0 to 1. */
  public double copiedFraction(int atLeast) {
    return from == to ? 0 : (double) copied(atLeast) / characters();
  }

  /** Returns how many n-grams the text has. */
  public int ngrams(int n) {
    return Math.max(0, characters() - n + 1);
  }

  /** Returns how many of the text's n-grams do not occur in the book. */
  public int novel(int n) {
    int novel = 0;
    for (int i = from + n - 1; i < to; i++) {
      novel += lengths[i] < n ? 1 : 0;
    }
    return novel;
  }

  /**
   * Returns the fraction of the text's n-grams that do not occur in the book; NaN if it has none.
   */
  public double novelFraction(int n) {
    return ngrams(n) == 0 ? Double.NaN : (double) novel(n) / ngrams(n);
  }
}
