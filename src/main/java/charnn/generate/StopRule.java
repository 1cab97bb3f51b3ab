package charnn.generate;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * Where a text ends before its length.
 *
 * @param stops strings that end it; where several end at once, the longest counts
 * @param keepStop whether the string belongs to the text
 * @param until the unit to end with; null: none
 */
public record StopRule(List<String> stops, boolean keepStop, Until until) {
  public static final StopRule NONE = new StopRule(List.of(), false, null);

  /** Returns the same rule with its strings spelled otherwise. */
  public StopRule spelled(UnaryOperator<String> spelling) {
    return new StopRule(stops.stream().map(spelling).toList(), keepStop, until);
  }

  /**
   * Returns a new text that ends so.
   *
   * @param before the text that it continues: what it has begun of a unit belongs to the first
   *     unit. Stop strings do not begin there
   * @param sink consumes each code point; returns whether to continue
   */
  public StoppingText text(String before, IntPredicate sink) {
    return new StoppingText(this, before, sink);
  }
}
