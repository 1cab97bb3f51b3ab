package charnn.model;

import charnn.util.Formats;
import charnn.util.Setting;
import java.util.function.Function;

/**
 * A row in the table of what a user can set: {@link Hyperparameters} has the table and the builder.
 *
 * @param setting its words, and a number's range
 * @param value reads it
 * @param byDefault its value where neither user nor text decides; null if they always do
 * @param change when a resumed run may have another value
 */
public record Hyperparameter<T>(
    Setting setting, Function<Hyperparameters, T> value, T byDefault, Change change) {
  /** When a resumed run may have another value than before. */
  public enum Change {
    NEVER,
    /** Only where the user says that it is meant. */
    ON_PURPOSE,
    ALWAYS
  }

  /** Returns whether a resumed run may have another value. */
  boolean mayChange(boolean onPurpose) {
    return change == Change.ALWAYS || onPurpose && change == Change.ON_PURPOSE;
  }

  /** Returns its value in a run. */
  public T of(Hyperparameters hyperparameters) {
    return value.apply(hyperparameters);
  }

  /** Returns its value in a run as people write it. */
  Object worded(Hyperparameters hyperparameters) {
    T given = of(hyperparameters);
    return given instanceof Double real ? Formats.number(real) : given;
  }
}
