package charnn.engine.reference;

import charnn.engine.Dropout;
import charnn.nn.CellType;
import charnn.nn.Clamp;
import charnn.nn.LayerSpec;
import charnn.nn.RecurrentState;
import java.util.Arrays;
import java.util.List;

/**
 * One recurrent layer on some rows of a batch, whatever its cell: the activations of a window, and
 * both passes through time.
 *
 * <p>R rows, T time steps. Row r at time t has row index s = t R + r.
 */
final class RecurrentLayer {
  private final CellType type;
  private final Cell cell;
  private final Weights weights;
  private final int layer; // index
  private final int rows; // R
  private final int seqLength; // T
  private final int h; // H

  private final float[][]
      gates; // [T R][G H] activated gates; the backward pass overwrites them with dz
  private final float[][][] states; // [(T+1) R][S][H] the first R rows: before the window
  private final float[][] hidden; // [(T+1) R][H] the first of the states
  private final float[][][] before; // [T R][S][H] of states, or zeros where a document begins
  private final float[][] hiddenBefore; // [T R][H] the first of them
  private final float[][] zeros; // [S][H]
  private final float[][] stash; // [T R][K H]
  private final float[][] intermediate; // [T R][H] m of a multiplicative cell; else empty
  private final float[][] mask; // [T R][H] of dropout; empty without
  private final float[][] dropped; // [T R][H] h after dropout
  private final float[][][] dStates; // [R][S][H] gradient with respect to the states
  private boolean dropoutActive; // in the last forward pass

  /**
   * @param layer its index in the weights
   * @param leak of time gates
   * @param drops whether what dropout needs is allocated
   */
  RecurrentLayer(
      LayerSpec.Recurrent spec,
      Weights weights,
      int layer,
      int rows,
      int seqLength,
      float leak,
      boolean drops) {
    this.type = spec.cell();
    this.cell = Cell.of(type, leak);
    this.weights = weights;
    this.layer = layer;
    this.rows = rows;
    this.seqLength = seqLength;
    this.h = spec.units();
    int window = seqLength * rows;
    gates = new float[window][spec.columns()];
    states = new float[window + rows][spec.cell().states()][h];
    hidden = new float[window + rows][];
    Arrays.setAll(hidden, s -> states[s][0]);
    before = new float[window][][];
    hiddenBefore = new float[window][];
    zeros = new float[spec.cell().states()][h];
    stash = new float[window][cell.stashed() * h];
    intermediate = new float[spec.cell().isMultiplicative() ? window : 0][h];
    mask = new float[drops ? window : 0][h];
    dropped = new float[drops ? window : 0][h];
    dStates = new float[rows][spec.cell().states()][h];
  }

  /** Loads the state of rows firstRow to firstRow + R. */
  void load(RecurrentState state, int firstRow) {
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < states[r].length; k++) {
        System.arraycopy(state.values()[k][layer], (firstRow + r) * h, states[r][k], 0, h);
      }
    }
  }

  /** Stores the state after the window to rows firstRow to firstRow + R. */
  void store(RecurrentState state, int firstRow) {
    for (int r = 0; r < rows; r++) {
      float[][] last = states[seqLength * rows + r];
      for (int k = 0; k < last.length; k++) {
        System.arraycopy(last[k], 0, state.values()[k][layer], (firstRow + r) * h, h);
      }
    }
  }

  /**
   * Returns the pre-activations of a row [G H], to which x W is to be added: the bias.
   *
   * @param resets whether the state before it is zero, because a document begins
   */
  float[] beginStep(int s, boolean resets) {
    before[s] = resets ? zeros : states[s];
    hiddenBefore[s] = before[s][0];
    System.arraycopy(weights.bias[layer], 0, gates[s], 0, gates[s].length);
    return gates[s];
  }

  /** Adds h R to the pre-activations of a row, or m R, and makes its time step. */
  void step(int s) {
    addRecurrent(s);
    cell.forward(gates[s], before[s], states[s + rows], stash[s]);
  }

  /** As {@link #step}, with a unit held at a value. */
  void step(int s, List<Clamp> clamps) {
    addRecurrent(s);
    if (before[s] == zeros) {
      clear(states[s]);
      before[s] = states[s];
      hiddenBefore[s] = before[s][0];
    }
    for (Clamp clamp : clamps) {
      if (clamp.layer() == layer) {
        clamp.hold(type, (gate, z) -> gates[s][gate * h + clamp.unit()] = z);
        before[s][type.memory()][clamp.unit()] = clamp.value();
      }
    }
    cell.forward(gates[s], before[s], states[s + rows], stash[s]);
  }

  private void addRecurrent(int s) {
    float[] state = hiddenBefore[s];
    if (isMultiplicative()) {
      Kernels.addVectorMatrix(state, weights.intermediateByInput[layer], gates[s]);
      cell.intermediate(gates[s], intermediate[s]);
      state = intermediate[s];
    }
    Kernels.addVectorMatrix(state, weights.recurrentByInput[layer], gates[s]);
  }

  /**
   * Copies what the cells did in a row.
   *
   * @param gatesTo [G][H] overwritten
   * @param statesTo [S][H] overwritten
   */
  void copyActivations(int s, float[][] gatesTo, float[][] statesTo) {
    for (int gate = 0; gate < gatesTo.length; gate++) {
      System.arraycopy(gates[s], gate * h, gatesTo[gate], 0, h);
    }
    for (int k = 0; k < statesTo.length; k++) {
      System.arraycopy(states[s + rows][k], 0, statesTo[k], 0, h);
    }
  }

  private boolean isMultiplicative() {
    return intermediate.length > 0;
  }

  /** Applies dropout to the outputs of the window, or none. */
  void drop(Dropout dropout, long step, int firstRow) {
    dropoutActive = dropout.isActive();
    for (int s = 0; dropoutActive && s < gates.length; s++) {
      dropout.mask(step, layer, firstRow + s % rows, s / rows, h, mask[s], 0);
      System.arraycopy(hidden[s + rows], 0, dropped[s], 0, h);
      Kernels.multiply(mask[s], dropped[s]);
    }
  }

  /** Returns the layer's outputs; those of row index s are in row {@link #firstOutput()} + s. */
  float[][] outputs() {
    return dropoutActive ? dropped : hidden;
  }

  int firstOutput() {
    return dropoutActive ? 0 : rows;
  }

  /**
   * The backward pass, from the last time step to the first.
   *
   * @param dOutput [T R][H] gradient with respect to the outputs; overwritten
   * @return [T R][G H] dz
   */
  float[][] backward(float[][] dOutput) {
    for (int s = 0; dropoutActive && s < dOutput.length; s++) {
      Kernels.multiply(mask[s], dOutput[s]);
    }
    for (int r = 0; r < rows; r++) {
      clear(dStates[r]);
      for (int t = seqLength - 1; t >= 0; t--) {
        int s = t * rows + r;
        float[] dHidden = dStates[r][0];
        Kernels.add(dOutput[s], dHidden);
        cell.backward(gates[s], before[s], stash[s], dStates[r]);
        if (isMultiplicative()) {
          float[] dm = new float[h];
          Kernels.addVectorMatrix(gates[s], weights.recurrentByColumn[layer], dm);
          cell.intermediateBackward(gates[s], dm);
          Kernels.addVectorMatrix(gates[s], weights.intermediateByColumn[layer], dHidden);
        } else if (t > 0) {
          Kernels.addVectorMatrix(gates[s], weights.recurrentByColumn[layer], dHidden);
        }
        if (before[s] == zeros) {
          clear(dStates[r]);
        }
      }
    }
    return gates;
  }

  /** Adds the gradients with respect to R and b, after {@link #backward}. */
  void addTo(Gradients gradients) {
    if (isMultiplicative()) {
      Kernels.addTransposedMatrix(gates, hiddenBefore, 0, gradients.intermediate[layer]);
      Kernels.addTransposedMatrix(gates, intermediate, 0, gradients.recurrent[layer]);
    } else {
      Kernels.addTransposedMatrix(gates, hiddenBefore, 0, gradients.recurrent[layer]);
    }
    Kernels.addRows(gates, gradients.bias[layer]);
  }

  /** Returns a copy of the activated gates [T R][G H], which the backward pass overwrites. */
  float[][] copyGates() {
    return Arrays.stream(gates).map(float[]::clone).toArray(float[][]::new);
  }

  /** Restores the gates for another backward pass. */
  void restoreGates(float[][] from) {
    for (int s = 0; s < from.length; s++) {
      System.arraycopy(from[s], 0, gates[s], 0, from[s].length);
    }
  }

  private static void clear(float[][] values) {
    for (float[] row : values) {
      Arrays.fill(row, 0);
    }
  }
}
