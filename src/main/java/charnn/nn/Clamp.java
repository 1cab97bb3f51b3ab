package charnn.nn;

import static charnn.util.Formats.format;

/**
 * Holds a unit's memory at a value in every step: the cell state c of cells that have one, else the
 * hidden state h. The unit's output gate, where there is one, still decides what is seen of it.
 *
 * <p>Engines do it before a step's pointwise arithmetic: they set the memory to the value, and the
 * pre-activations of the unit's gates so that it is kept.
 *
 * @param layer from 0
 * @param unit from 0
 * @param value of a hidden state -1 to 1
 */
public record Clamp(int layer, int unit, float value) {
  /** A pre-activation of which the sigmoid is 1; of its negative, 0. */
  private static final float SATURATED = 100;

  /** A pre-activation of which tanh is 1. */
  private static final float LARGEST = 10;

  /** Sets pre-activations of one unit. */
  @FunctionalInterface
  public interface GateSetter {
    void set(int gate, float z);
  }

  /**
   * Checks that a network has the unit, and that it can have the value.
   *
   * @throws IllegalArgumentException if not; its message has the rule
   */
  public void require(NetworkSpec network) {
    if (layer < 0 || layer >= network.layers()) {
      throw new IllegalArgumentException(
          format("the layer must be 1 to %d, got %d", network.layers(), layer + 1));
    }
    if (unit < 0 || unit >= network.hiddenSize()) {
      throw new IllegalArgumentException(
          format("the unit must be 1 to %,d, got %,d", network.hiddenSize(), unit + 1));
    }
    if (!Float.isFinite(value) || network.cell().memory() == 0 && Math.abs(value) > 1) {
      throw new IllegalArgumentException(
          format(
              "the value must be %s, got %s",
              network.cell().memory() == 0
                  ? "-1 to 1, as a hidden state of " + network.cell().title() + " is"
                  : "a finite number",
              value));
    }
  }

  /** Sets the pre-activations by which the unit's memory stays what it is: the value. */
  public void hold(CellType cell, GateSetter z) {
    for (int gate = 0; gate < cell.gates(); gate++) {
      switch (cell.gate(gate)) {
        case FORGET, UPDATE -> z.set(gate, SATURATED);
        case INPUT -> z.set(gate, -SATURATED);
        case CANDIDATE -> {
          if (cell == CellType.RNN) {
            z.set(gate, atanh());
          }
        }
        default -> {}
      }
    }
  }

  private float atanh() {
    double z = 0.5 * (StrictMath.log1p(value) - StrictMath.log1p(-value));
    return (float) Math.max(-LARGEST, Math.min(LARGEST, z));
  }
}
