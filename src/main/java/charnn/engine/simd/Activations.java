package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.gemm.Simd;
import charnn.nn.NetworkSpec;
import java.util.Arrays;

/**
 * The activations of a window, kept for the weight gradients.
 *
 * <p>The batch has N row blocks of 8 rows and T time steps. Batch row r of a row block at time t
 * has row index s = 8 t + r in the block. Hp is P panels, the gates are G P, the logits Vp / NR.
 */
final class Activations {
  final int batchSize; // B
  final int seqLength; // T
  final int rowBlocks; // N
  final int panels; // P
  final int windowRows; // 8 T, row indices of a row block
  final int stateRows; // 8 (T + 1), those and of the state before the window
  private final boolean drops;

  // For each layer:
  final PanelMatrix[] gates; // [N][G P][8T] activated; the backward pass overwrites them with dz
  final PanelMatrix[] hidden; // [N][P][8(T+1)] h before each step, zero where a document begins
  final PanelMatrix[] outputs; // [N][P][8T] h after each step, with dropout; empty if hidden has it
  final PanelMatrix[] intermediate; // [N][P][8T] m of multiplicative cells; else empty

  final PanelMatrix logits; // [N][Vp / NR][8T] overwritten with their gradient

  Activations(NetworkSpec architecture, int batchSize, int seqLength, boolean drops) {
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    rowBlocks = rowBlocks(batchSize);
    panels = Simd.padded(architecture.hiddenSize()) / NR;
    windowRows = ROW_BLOCK * seqLength;
    stateRows = windowRows + ROW_BLOCK;
    this.drops = drops;
    int layers = architecture.layers();
    gates = matrices(layers, rowBlocks, architecture.cell().gates() * panels, windowRows);
    hidden = matrices(layers, rowBlocks, panels, stateRows);
    boolean copies = drops || architecture.documents();
    outputs = matrices(copies ? layers : 0, rowBlocks, panels, windowRows);
    boolean multiplies = architecture.cell().isMultiplicative();
    intermediate = matrices(multiplies ? layers : 0, rowBlocks, panels, windowRows);
    int vp = Simd.padded(architecture.vocabularySize());
    logits = new PanelMatrix(rowBlocks, vp / NR, windowRows);
  }

  static int rowBlocks(int batchSize) {
    return (batchSize + ROW_BLOCK - 1) / ROW_BLOCK;
  }

  static PanelMatrix[] matrices(int count, int blocks, int panels, int rows) {
    PanelMatrix[] matrices = new PanelMatrix[count];
    Arrays.setAll(matrices, i -> new PanelMatrix(blocks, panels, rows));
    return matrices;
  }

  boolean isMultiplicative() {
    return intermediate.length > 0;
  }

  boolean drops() {
    return drops;
  }

  /** Returns whether a layer's output is not in {@link #hidden}, but in {@link #outputs}. */
  boolean copiesOutputs() {
    return outputs.length > 0;
  }

  /** Returns a layer's output. */
  PanelMatrix output(int layer) {
    return copiesOutputs() ? outputs[layer] : hidden[layer];
  }

  /** Returns the row of a layer's output in {@link #output} at a time. */
  int outputRow(int time) {
    return (copiesOutputs() ? time : time + 1) * ROW_BLOCK;
  }

  /**
   * Returns a row's token id in a batch's inputs or targets.
   *
   * @param padding what padding rows have
   */
  int character(int[] characters, int block, int row, int padding) {
    int batchRow = block * ROW_BLOCK + row % ROW_BLOCK;
    return batchRow < batchSize ? characters[row / ROW_BLOCK * batchSize + batchRow] : padding;
  }
}
