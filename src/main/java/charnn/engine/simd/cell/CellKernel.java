package charnn.engine.simd.cell;

import charnn.nn.CellType;

/**
 * The pointwise arithmetic of a recurrent cell: all that differs between cells. Gates and states
 * are as many as those of its {@link CellType}.
 */
public interface CellKernel {
  /** Returns how many vectors the forward pass keeps for the backward pass, besides the gates. */
  int stashes();

  /** Computes the states after the step from those before it and the pre-activations z. */
  void forward(CellTile tile);

  /** {@link #forward} in plain loops, fast before they are compiled; with the same bits. */
  void forwardPlain(CellTile tile);

  /**
   * Overwrites z, as the forward pass left it, with dz, the gradient with respect to the
   * pre-activations; and the gradients with respect to the cell's own states after the step with
   * those before it. That with respect to h is dz R^T, and is no matter of a cell.
   */
  void backward(CellTile tile);

  /** Returns the kernel of a cell. */
  static CellKernel of(CellType type) {
    return switch (type) {
      case LSTM -> new LstmKernel();
      case RNN -> new RnnKernel();
    };
  }
}
