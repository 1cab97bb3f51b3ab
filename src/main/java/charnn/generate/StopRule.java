package charnn.generate;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where a text ends before its length.
 *
 * @param stops strings that end it; where several end at once, the longest counts
 * @param keepStop whether the string belongs to the text
 * @param until the unit to end with; null: none
 */
public record StopRule(List<String> stops, boolean keepStop, Until until) {
  public static final StopRule NONE = new StopRule(List.of(), false, null);

  /**
   * Returns a new text that ends so.
   *
   * @param sink consumes each code point; returns whether to continue
   */
  public StoppingText text(IntPredicate sink) {
    return new StoppingText(sink, stops, keepStop, until);
  }
}
