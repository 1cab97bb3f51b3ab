package charnn.engine.simd;

import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PaddedColumns;
import charnn.engine.simd.gemm.Simd;

/**
 * A matrix of weights, packed as GEMM's B; for training a second time, transposed, for the backward
 * pass. Its columns are some of the layer's, from one gate block on.
 */
final class PackedWeight {
  /** Its panels have the numbers of the layer's columns. */
  final PackedMatrix matrix;

  final PackedMatrix transposed; // null without training
  final int firstPanel; // of the layer's columns
  private final int from;
  private final int rows;
  private final PaddedColumns columns;

  /**
   * @param from offset in the parameters
   * @param rows of the matrix: nIn or H
   * @param columns of the matrix
   * @param firstPanel of the layer's columns that the matrix reaches
   */
  PackedWeight(int from, int rows, PaddedColumns columns, int firstPanel, boolean training) {
    this.from = from;
    this.rows = rows;
    this.columns = columns;
    this.firstPanel = firstPanel;
    int kPanels = Simd.padded(rows) / Simd.NR;
    matrix = new PackedMatrix(kPanels, firstPanel, columns.panels());
    transposed = training ? new PackedMatrix(columns.panels(), kPanels) : null;
  }

  /** Returns the panels of columns that it has. */
  int panels() {
    return columns.panels();
  }

  /** Packs one of so many parts of the columns. */
  void pack(float[] parameters, int part, int parts) {
    int first = (int) ((long) columns.count() * part / parts);
    int last = (int) ((long) columns.count() * (part + 1) / parts);
    matrix.pack(parameters, from, rows, columns, first, last);
    if (transposed != null) {
      transposed.packTransposed(parameters, from, rows, columns, first, last);
    }
  }
}
