package charnn.nn;

import java.util.Locale;

/**
 * A kind of recurrent cell: how many gates and state vectors it has. What it computes is in the
 * engines; {@code charnn.engine.reference} is the documentation of the arithmetic.
 */
public enum CellType {
  /**
   * Long short-term memory. Gates: candidate, forget, output, input; states: hidden h, cell c.
   *
   * <p>Its forget bias starts at 1 (Jozefowicz et al., "An empirical exploration of recurrent
   * network architectures", 2015).
   */
  LSTM(2, 0, 1, 0, 0),

  /** Vanilla recurrent network with a tanh. One gate, one state: hidden h. */
  RNN(1, 0);

  private final int states;
  private final float[] initialBiases; // [G]

  /**
   * @param states S
   * @param initialBiases of each gate block
   */
  CellType(int states, float... initialBiases) {
    this.states = states;
    this.initialBiases = initialBiases;
  }

  /** Returns G, the gate blocks of H columns in a layer's W, R and b. */
  public int gates() {
    return initialBiases.length;
  }

  /** Returns S, the state vectors of H units; the first is the hidden state, the layer's output. */
  public int states() {
    return states;
  }

  /** Returns what the biases of a gate are before training. */
  public float initialBias(int gate) {
    return initialBiases[gate];
  }

  /**
   * Returns the cell of a name as in the model file.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CellType of(String name) {
    for (CellType cell : values()) {
      if (cell.name().equals(name)) {
        return cell;
      }
    }
    throw new IllegalArgumentException("there is no cell '" + name + "'");
  }

  /** Returns the cell as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
