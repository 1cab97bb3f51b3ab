package charnn.util;

import static charnn.util.Formats.number;

/**
 * The values that a number may have; never NaN or infinite.
 *
 * @param least the lower bound
 * @param above whether the lower bound itself is excluded
 * @param most the upper bound; {@link Double#POSITIVE_INFINITY} for none
 * @param below whether the upper bound itself is excluded
 */
public record Range(double least, boolean above, double most, boolean below) {
  public static Range atLeast(double least) {
    return new Range(least, false, Double.POSITIVE_INFINITY, false);
  }

  public static Range of(double least, double most) {
    return new Range(least, false, most, false);
  }

  public static Range above(double bound, double most) {
    return new Range(bound, true, most, false);
  }

  public static Range below(double least, double bound) {
    return new Range(least, false, bound, true);
  }

  /** Returns whether a value is one of these. */
  public boolean contains(double value) {
    return Double.isFinite(value)
        && (above ? value > least : value >= least)
        && (below ? value < most : value <= most);
  }

  /** Returns the rule in words: "0 or more", "1 to 16", "more than 0 and at most 10". */
  @Override
  public String toString() {
    String lower = number(least);
    String upper = number(most);
    if (most == Double.POSITIVE_INFINITY) {
      return (above ? "more than " : "") + lower + (above ? "" : " or more");
    }
    if (above || below) {
      return (above ? "more than " + lower : lower + " or more")
          + (below ? " and below " : " and at most ")
          + upper;
    }
    return lower + " to " + upper;
  }
}
