package charnn.engine.simd.cell;

import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.engine.simd.gemm.PanelMatrix;

/**
 * A cursor in the arrays of a layer: n units that are contiguous in every array, those of a row or
 * of a panel of several rows, in one time step. Its user moves it; it is allocated once.
 *
 * <p>State 0 is the hidden state h; those above it are the cell's own, c of an LSTM.
 */
public final class CellTile {
  private final PanelMatrix gates;
  private final PanelMatrix hidden;
  private final PanelMatrix[] own; // [S - 1]
  private final PanelMatrix[] stash;
  private final PanelMatrix dOutput;
  private final PanelMatrix[] carried;
  private final int step; // rows from a state to the next time step's

  final int n; // a multiple of NR
  final float[] z; // [n] from zOffset for each gate, with a stride of gateStride
  final int gateStride;
  private final int lastGate;
  int zOffset;
  int hiddenBefore;
  int hiddenAfter;
  int ownBefore;
  int ownAfter;
  int stashOffset;
  int dHiddenOffset;
  int carriedOffset;

  /**
   * A tile of a training pass: a panel of a row block.
   *
   * @param panels of the layer's units
   * @param gates overwritten, forward with the activations and backward with dz
   * @param hidden h of all time steps, that from before the window first
   * @param own the other states, as {@code hidden}
   * @param stash what the forward pass keeps for the backward pass
   * @param dOutput the gradient with respect to h after the step
   * @param carried [row blocks][panels][8] the gradients that go from step to step
   */
  public CellTile(
      int panels,
      PanelMatrix gates,
      PanelMatrix hidden,
      PanelMatrix[] own,
      PanelMatrix[] stash,
      PanelMatrix dOutput,
      PanelMatrix[] carried) {
    this.n = ROW_BLOCK * NR;
    this.gateStride = panels * gates.panelStride();
    this.lastGate = gates.panels() / panels - 1;
    this.step = ROW_BLOCK;
    this.gates = gates;
    this.z = gates.values();
    this.hidden = hidden;
    this.own = own;
    this.stash = stash;
    this.dOutput = dOutput;
    this.carried = carried;
  }

  /** A tile of an inference pass: all panels of a row block; the states are overwritten. */
  public CellTile(
      int panels, PanelMatrix gates, PanelMatrix hidden, PanelMatrix[] own, PanelMatrix[] stash) {
    this.n = panels * gates.panelStride();
    this.gateStride = n;
    this.lastGate = gates.panels() / panels - 1;
    this.step = 0;
    this.gates = gates;
    this.z = gates.values();
    this.hidden = hidden;
    this.own = own;
    this.stash = stash;
    this.dOutput = null;
    this.carried = new PanelMatrix[0];
  }

  /** Moves the tile, and returns it. */
  public CellTile at(int block, int panel, int row) {
    zOffset = gates.offset(block, panel, row);
    hiddenBefore = hidden.offset(block, panel, row);
    hiddenAfter = hidden.offset(block, panel, row + step);
    if (own.length > 0) {
      ownBefore = own[0].offset(block, panel, row);
      ownAfter = own[0].offset(block, panel, row + step);
    }
    if (stash.length > 0) {
      stashOffset = stash[0].offset(block, panel, row);
    }
    if (dOutput != null) {
      dHiddenOffset = dOutput.offset(block, panel, row);
    }
    if (carried.length > 0) {
      carriedOffset = carried[0].offset(block, panel, 0);
    }
    return this;
  }

  /** Returns the offset of a gate block in {@link #z}. */
  public int gate(int gate) {
    return zOffset + gate * gateStride;
  }

  /** Computes the intermediate state of a multiplicative cell. */
  public void intermediate(float[] m, int offset) {
    IntermediateState.forward(z, zOffset, gate(lastGate), m, offset, n);
  }

  /** {@link #intermediate} in plain loops, with the same bits. */
  public void intermediatePlain(float[] m, int offset) {
    IntermediateState.forwardPlain(z, zOffset, gate(lastGate), m, offset, n);
  }

  /** Overwrites what the intermediate state is the product of with its gradient. */
  public void backwardIntermediate(float[] dm, int offset) {
    IntermediateState.backward(z, zOffset, gate(lastGate), dm, offset, n);
  }

  float[] hidden() {
    return hidden.values();
  }

  /** Returns the state above the hidden one. */
  float[] own(int state) {
    return own[state].values();
  }

  float[] stash(int i) {
    return stash[i].values();
  }

  float[] dHidden() {
    return dOutput.values();
  }

  float[] carried(int i) {
    return carried[i].values();
  }
}
