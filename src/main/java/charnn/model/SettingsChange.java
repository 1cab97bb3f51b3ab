package charnn.model;

import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.List;

/**
 * A resumed run went on with other settings, on purpose.
 *
 * @param step after which they hold
 * @param epoch at that step
 * @param charactersSeen until then
 * @param values what was changed; empty if only its place in the run is known
 */
public record SettingsChange(long step, double epoch, long charactersSeen, List<Value> values) {
  /**
   * A setting that was changed.
   *
   * @param before its value as people write it
   */
  public record Value(Setting setting, String before, String after) {
    /**
     * @throws IllegalArgumentException if a part is missing
     */
    public Value {
      if (setting == null || before == null || after == null) {
        throw new IllegalArgumentException("a changed setting lacks a part");
      }
    }
  }

  /** The beginning of a run. */
  static final SettingsChange START = new SettingsChange(0, 0, 0, List.of());

  /**
   * @throws IllegalArgumentException if a count is negative or a part is missing
   */
  public SettingsChange {
    if (step < 0 || !(epoch >= 0) || charactersSeen < 0) {
      throw new IllegalArgumentException("a change of settings must not be before the first step");
    }
    if (values == null || values.stream().anyMatch(value -> value == null)) {
      throw new IllegalArgumentException("a change of settings lacks a part");
    }
    values = List.copyOf(values);
  }

  /** Returns the change in words. */
  public Sentence describe() {
    return Sentence.join(
        ", ",
        values.stream()
            .map(value -> Sentence.of("%s %s (was %s)", value.setting, value.after, value.before))
            .toList());
  }
}
