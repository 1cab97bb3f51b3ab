package charnn.engine.simd.cell;

import charnn.nn.CellType;

/**
 * The pointwise arithmetic of a recurrent cell: all that differs between cells. Gates and states
 * are as many as those of its {@link CellType}.
 */
public interface CellKernel {
  /** Returns how many vectors the forward pass keeps for the backward pass, besides the gates. */
  int stashes();

  /**
   * Returns how many gradient vectors the backward pass hands from a time step to that before it,
   * besides the gradient with respect to h that goes through R.
   */
  int carried();

  /** Computes the states after the step from those before it and the pre-activations z. */
  void forward(CellTile tile);

  /** {@link #forward} in plain loops, fast before they are compiled; with the same bits. */
  void forwardPlain(CellTile tile);

  /**
   * Overwrites z, as the forward pass left it, with dz, the gradient with respect to the
   * pre-activations; and the carried gradients, with respect to states after the step, with those
   * before it. That with respect to h, as far as it goes through R, is no matter of a cell.
   */
  void backward(CellTile tile);

  /**
   * Returns the kernel of a cell.
   *
   * @param leak of a time gate, of those cells that have one: {@link CellType#LEAK} in training,
   *     else 0
   */
  static CellKernel of(CellType type, float leak) {
    return switch (type) {
      case LSTM -> new LstmKernel(0);
      case GRU -> new GruKernel();
      case RNN -> new RnnKernel();
      case MLSTM -> new LstmKernel(1);
      case PHASED_LSTM -> new PhasedLstmKernel(leak);
    };
  }
}
