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
 * @param earlier text, of which the texts are the continuation: what it has begun of a unit belongs
 *     to the first unit
 * @param cut whether a stop rule ended the earlier text, so that a text may begin with a stop
 *     string
 */
public record StopRule(
    List<String> stops, boolean keepStop, Until until, String earlier, boolean cut) {
  public static final StopRule NONE = new StopRule(List.of(), false, null);

  /** A rule for new texts. */
  public StopRule(List<String> stops, boolean keepStop, Until until) {
    this(stops, keepStop, until, "", false);
  }

  /** Returns whether anything but its length ends a text. */
  public boolean isGiven() {
    return !stops.isEmpty() || until != null;
  }

  /** Returns the same rule with its strings spelled otherwise. */
  public StopRule spelled(UnaryOperator<String> spelling) {
    return with(stops.stream().map(spelling).toList());
  }

  /** Returns the same rule with other strings. */
  public StopRule with(List<String> other) {
    return new StopRule(other, keepStop, until, earlier, cut);
  }

  /**
   * Returns the same rule for texts that continue an earlier one.
   *
   * @param end of the earlier text
   * @param wasCut whether a stop rule ended it
   */
  public StopRule after(String end, boolean wasCut) {
    return new StopRule(stops, keepStop, until, wasCut ? "" : end, wasCut);
  }

  /**
   * Returns a new text that ends so.
   *
   * @param before the prompt, after the earlier text. Stop strings do not begin there
   * @param sink consumes each code point; returns whether to continue
   */
  public StoppingText text(String before, IntPredicate sink) {
    return new StoppingText(this, before, sink);
  }
}
