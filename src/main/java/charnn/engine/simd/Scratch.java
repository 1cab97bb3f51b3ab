package charnn.engine.simd;

import static charnn.engine.simd.Activations.arrays;
import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.floats;

/**
 * Temporaries of the forward and the backward pass of some row blocks, which nobody needs
 * afterwards. Shapes are in the names of {@link Activations}, with N only these row blocks. A
 * worker reuses the memory for one partition after the other, so that it stays in L2.
 */
final class Scratch {
  private final Activations acts;
  private final int firstBlock;

  // For each layer:
  final float[][] cell; // [N][P][8(T+1)][NR] the first 8 rows: c before the window
  final float[][] tanhCell; // [N][P][8T][NR]
  final float[][] mask; // [N][P][8T][NR] of dropout; empty without dropout

  final float[] dOutput; // [N][P][8T][NR] gradient with respect to a layer's output, then to h
  final float[] dCell; // [N][P][8][NR] gradient with respect to c, from the step after

  /**
   * @param rowBlocks how many it is for at once, of which 0 is the first
   */
  Scratch(Activations acts, int layers, int rowBlocks, boolean drops) {
    this.acts = acts;
    firstBlock = 0;
    int rows = rowBlocks * acts.windowRows;
    int hp = acts.panels * NR;
    cell = arrays(layers, rowBlocks * acts.stateRows * hp);
    tanhCell = arrays(layers, rows * hp);
    mask = arrays(layers, drops ? rows * hp : 0);
    dOutput = floats(rows * hp);
    dCell = floats(rowBlocks * ROW_BLOCK * hp);
  }

  private Scratch(Scratch same, int firstBlock) {
    acts = same.acts;
    this.firstBlock = firstBlock;
    cell = same.cell;
    tanhCell = same.tanhCell;
    mask = same.mask;
    dOutput = same.dOutput;
    dCell = same.dCell;
  }

  /** Returns the same memory, with another first row block. */
  Scratch from(int block) {
    return new Scratch(this, block);
  }

  /** Returns the offset of a row in a panel of arrays [N][P][8T][NR]. */
  int offset(int block, int panel, int row) {
    return acts.offset(block - firstBlock, panel, row);
  }

  /** Returns the offset of a row in a panel of {@link #cell}; the window begins at row 8. */
  int cellOffset(int block, int panel, int row) {
    return acts.hiddenOffset(block - firstBlock, panel, row);
  }

  /** Returns the offset of a panel of {@link #dCell}. */
  int dCellOffset(int block, int panel) {
    return BASE + ((block - firstBlock) * acts.panels + panel) * ROW_BLOCK * NR;
  }
}
