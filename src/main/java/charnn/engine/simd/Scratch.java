package charnn.engine.simd;

import static charnn.engine.simd.Activations.matrices;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.schedule.Rows;
import charnn.nn.NetworkSpec;
import java.util.Arrays;

/**
 * Temporaries of the forward and the backward pass of some row blocks, which nobody needs
 * afterwards. Shapes are in the names of {@link Activations}, with N only these row blocks. A
 * worker reuses the memory for one partition after the other, so that it stays in L2.
 */
final class Scratch {
  private final boolean moves; // or it has all row blocks

  // For each layer:
  final PanelMatrix[][] own; // for each state but h: [N][P][8(T+1)] the first 8 rows: before
  final PanelMatrix[][] stash; // for each stash of the cell: [N][P][8T]
  final PanelMatrix[] mask; // [N][P][8T] of dropout; none without dropout

  final PanelMatrix dOutput; // [N][P][8T] gradient with respect to a layer's output, then to h
  final PanelMatrix[] carried; // of the cell: [N][P][8] gradient, from the step after
  final PanelMatrix[] kept; // [N][P][8] of dOutput; none without documents
  final PanelMatrix[] dIntermediate; // [N][P][8] gradient of a multiplicative cell; else none

  /**
   * @param rowBlocks how many it is for at once
   */
  Scratch(Activations acts, NetworkSpec architecture, CellKernel kernel, int rowBlocks) {
    moves = rowBlocks < acts.rowBlocks;
    int layers = architecture.layers();
    int states = architecture.cell().states() - 1;
    own = new PanelMatrix[layers][];
    stash = new PanelMatrix[layers][];
    Arrays.setAll(own, l -> matrices(states, rowBlocks, acts.panels, acts.stateRows));
    Arrays.setAll(stash, l -> matrices(kernel.stashes(), rowBlocks, acts.panels, acts.windowRows));
    mask = matrices(acts.drops() ? layers : 0, rowBlocks, acts.panels, acts.windowRows);
    dOutput = new PanelMatrix(rowBlocks, acts.panels, acts.windowRows);
    carried = matrices(kernel.carried(), rowBlocks, acts.panels, ROW_BLOCK);
    kept = matrices(architecture.documents() ? 1 : 0, rowBlocks, acts.panels, ROW_BLOCK);
    boolean multiplies = architecture.cell().isMultiplicative();
    dIntermediate = matrices(multiplies ? 1 : 0, rowBlocks, acts.panels, ROW_BLOCK);
  }

  /** Lets the memory be that of some rows; without effect if it has all. */
  void startAt(Rows rows) {
    if (!moves) {
      return;
    }
    for (int l = 0; l < own.length; l++) {
      startAt(rows.first(), own[l]);
      startAt(rows.first(), stash[l]);
    }
    startAt(rows.first(), mask);
    dOutput.startAt(rows.first());
    startAt(rows.first(), carried);
    startAt(rows.first(), kept);
    startAt(rows.first(), dIntermediate);
  }

  private static void startAt(int block, PanelMatrix[] matrices) {
    for (PanelMatrix matrix : matrices) {
      matrix.startAt(block);
    }
  }
}
