package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.floats;

import charnn.engine.simd.math.Simd;
import java.util.Arrays;

/**
 * The activations of a window, kept for the weight gradients.
 *
 * <p>The batch has N row blocks of 8 rows and T time steps. Batch row r of a row block at time t
 * has row index s = 8 t + r in the block. Hp is P panels, the four gates are 4 P, the logits Vp /
 * NR. All arrays begin at {@link Simd#BASE}.
 */
final class Activations {
  private final int batchSize; // B
  final int rowBlocks; // N
  final int panels; // P
  final int logitPanels; // Vp / NR
  final int windowRows; // 8 T, row indices of a row block
  final int stateRows; // 8 (T + 1), those and of the state before the window

  // For each layer:
  final float[][] gates; // [N][4P][8T][NR] activated; the backward pass overwrites them with dz
  final float[][] hidden; // [N][P][8(T+1)][NR] the first 8 rows: h before the window
  final float[][] dropped; // [N][P][8T][NR] h after dropout; empty without dropout

  final float[] logits; // [N][Vp / NR][8T][NR] overwritten with their gradient

  Activations(int layers, int batchSize, int seqLength, int hp, int vp, boolean drops) {
    this.batchSize = batchSize;
    rowBlocks = (batchSize + ROW_BLOCK - 1) / ROW_BLOCK;
    panels = hp / NR;
    logitPanels = vp / NR;
    windowRows = ROW_BLOCK * seqLength;
    stateRows = windowRows + ROW_BLOCK;
    int rows = rowBlocks * windowRows;
    gates = arrays(layers, rows * 4 * hp);
    hidden = arrays(layers, rowBlocks * stateRows * hp);
    dropped = arrays(layers, drops ? rows * hp : 0);
    logits = floats(rows * vp);
  }

  static float[][] arrays(int count, int length) {
    float[][] arrays = new float[count][];
    Arrays.setAll(arrays, i -> floats(length));
    return arrays;
  }

  /** Returns the offset of a row in a panel of {@link #dropped}. */
  int offset(int block, int panel, int row) {
    return BASE + ((block * panels + panel) * windowRows + row) * NR;
  }

  /** Returns the offset of a row in a panel of {@link #gates}. */
  int gateOffset(int block, int panel, int row) {
    return BASE + ((block * 4 * panels + panel) * windowRows + row) * NR;
  }

  /** Returns the offset of a row in a panel of {@link #hidden}; the window begins at row 8. */
  int hiddenOffset(int block, int panel, int row) {
    return BASE + ((block * panels + panel) * stateRows + row) * NR;
  }

  /** Returns the offset of a row in a panel of {@link #logits}. */
  int logitsOffset(int block, int panel, int row) {
    return BASE + ((block * logitPanels + panel) * windowRows + row) * NR;
  }

  /** Returns a row's token id in a batch's inputs or targets; 0 for padding rows. */
  int character(int[] characters, int block, int row) {
    int batchRow = block * ROW_BLOCK + row % ROW_BLOCK;
    return batchRow < batchSize ? characters[row / ROW_BLOCK * batchSize + batchRow] : 0;
  }
}
