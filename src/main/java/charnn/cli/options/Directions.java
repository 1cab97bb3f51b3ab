package charnn.cli.options;

import charnn.data.Direction;
import java.util.Locale;

/** The directions in which a run's models read: one, or both with a model for each. */
public enum Directions {
  FORWARD(Direction.FORWARD),
  BACKWARD(Direction.BACKWARD),
  BOTH(null);

  private final Direction one;

  Directions(Direction one) {
    this.one = one;
  }

  /** Returns the direction of the one model; null of both. */
  Direction one() {
    return one;
  }

  /** Returns the directions as they are called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
