package charnn.engine.reference;

import charnn.nn.CellType;

/**
 * One kind of recurrent cell: its pointwise arithmetic on the H units of a batch row. The layer
 * around it has computed the pre-activations z = x W + h R + b, and takes the gradients with
 * respect to W, R, b, x and h from dz.
 */
interface Cell {
  /**
   * Returns the arithmetic of a kind of cell.
   *
   * @param leak of a time gate, of those cells that have one: {@link CellType#LEAK} in training,
   *     else 0
   */
  static Cell of(CellType type, float leak) {
    return switch (type) {
      case LSTM -> new LstmCell();
      case GRU -> new GruCell();
      case RNN -> new RnnCell();
      case MLSTM -> new MlstmCell();
      case PHASED_LSTM -> new PhasedLstmCell(leak);
    };
  }

  /** Returns K, how many numbers of a unit the backward pass needs besides gates and states. */
  int stashed();

  /**
   * Makes a time step.
   *
   * @param z [G H] the pre-activations of each gate; overwritten with the activated gates
   * @param before [S][H] the states before the step
   * @param after [S][H] overwritten with the states after it
   * @param stash [K H] overwritten with what {@link #backward} needs besides
   */
  void forward(float[] z, float[][] before, float[][] after, float[] stash);

  /**
   * Computes the intermediate state of a multiplicative cell, before {@link #forward}.
   *
   * @param z [G H] of which the first block is h R and the last is x W
   * @param m [H] overwritten
   */
  default void intermediate(float[] z, float[] m) {
    throw new UnsupportedOperationException();
  }

  /**
   * Goes back through a time step.
   *
   * @param z [G H] the activated gates; overwritten with dz, the gradient with respect to the
   *     pre-activations
   * @param before [S][H] the states before the step
   * @param stash [K H] as {@link #forward} left it
   * @param dStates [S][H] the gradient with respect to the states after the step; overwritten with
   *     that with respect to the states before it, without the way through h R
   */
  void backward(float[] z, float[][] before, float[] stash, float[][] dStates);

  /**
   * Goes back through the intermediate state of a multiplicative cell, after {@link #backward}.
   *
   * @param z [G H] whose first and last block are overwritten with their gradients
   * @param dm [H] the gradient with respect to m
   */
  default void intermediateBackward(float[] z, float[] dm) {
    throw new UnsupportedOperationException();
  }
}
