package charnn.fill;

/**
 * How long the text for a gap may be, in characters.
 *
 * @param shortest 1 or more
 * @param longest as long or longer
 */
public record Lengths(int shortest, int longest) {
  /**
   * @throws IllegalArgumentException if they do not ascend from 1
   */
  public Lengths {
    if (shortest < 1 || longest < shortest) {
      throw new IllegalArgumentException("there is no length from " + shortest + " to " + longest);
    }
  }

  /** Returns the one length. */
  public static Lengths exactly(int length) {
    return new Lengths(length, length);
  }

  /** Returns all lengths from 1 to one. */
  public static Lengths upTo(int longest) {
    return new Lengths(1, longest);
  }

  boolean isOne() {
    return shortest == longest;
  }
}
