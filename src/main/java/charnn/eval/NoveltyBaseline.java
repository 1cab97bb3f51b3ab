package charnn.eval;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a book's own last part shares with the rest of it, in parts as long as the text that it is
 * compared with: a longer text has longer passages in common with any other.
 */
public final class NoveltyBaseline {
  private static final double HIGH = 0.95;

  private final Overlap lastPart;
  private final List<Overlap> parts;

  /**
   * @param lastPart its overlap with the rest of the book
   * @param characters of the text
   */
  NoveltyBaseline(Overlap lastPart, int characters) {
    this.lastPart = lastPart;
    parts = lastPart.parts(Math.max(1, Math.min(characters, lastPart.characters())));
  }

  /** Returns the same for a text of so many characters. */
  NoveltyBaseline of(int characters) {
    return new NoveltyBaseline(lastPart, characters);
  }

  /** Returns the number of parts. */
  public int parts() {
    return parts.size();
  }

  /** Returns the characters of all parts together. */
  public int characters() {
    return parts.stream().mapToInt(Overlap::characters).sum();
  }

  /** Returns the longest shared passage's characters in a typical part: the median. */
  public int typicalLongest() {
    return (int) quantile(0.5, Overlap::longest);
  }

  /** Returns the characters of the longest shared passage of all parts. */
  public int longest() {
    return (int) quantile(1, Overlap::longest);
  }

  /** Returns the fraction in shared passages of at least so many characters, of all parts. */
  public double copiedFraction(int atLeast) {
    return (double) parts.stream().mapToLong(part -> part.copied(atLeast)).sum() / characters();
  }

  /**
   * Returns the fraction of n-grams that the rest of the book does not have; NaN if there are none.
   */
  public double novelFraction(int n) {
    long ngrams = parts.stream().mapToLong(part -> part.ngrams(n)).sum();
    return ngrams == 0
        ? Double.NaN
        : (double) parts.stream().mapToLong(part -> part.novel(n)).sum() / ngrams;
  }

  /** Returns a figure that only one part in twenty exceeds. */
  double high(ToDoubleFunction<Overlap> figure) {
    return quantile(HIGH, figure);
  }

  private double quantile(double fraction, ToDoubleFunction<Overlap> figure) {
    double[] sorted = parts.stream().mapToDouble(figure).sorted().toArray();
    return sorted[Math.min(sorted.length - 1, (int) (fraction * sorted.length))];
  }
}
