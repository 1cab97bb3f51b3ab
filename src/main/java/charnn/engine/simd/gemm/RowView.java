package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

/**
 * The matrix D of C = D + A B: contiguous rows at arbitrary offsets of an array. A cursor, as
 * {@link MatrixView} is.
 */
public final class RowView {
  private static final int[] SAME_ROW = new int[ROW_BLOCK];

  final float[] values;
  final int[] offsets;
  final int blockStride;
  private final int base;
  private int first;

  /**
   * @param values the rows, from {@code base} on
   * @param offsets of each row; may change between calls
   * @param blockStride from a row block's first index in {@code offsets} to the next row block's;
   *     0: all row blocks have the same rows
   */
  RowView(float[] values, int base, int[] offsets, int blockStride) {
    this.values = values;
    this.base = base;
    this.offsets = offsets;
    this.blockStride = blockStride;
  }

  /** Rows that each have their offset. */
  public RowView(float[] values, int[] offsets, int blockStride) {
    this(values, BASE, offsets, blockStride);
  }

  /** One row for all. */
  public RowView(float[] values) {
    this(values, BASE, SAME_ROW, 0);
  }

  /** Moves the view to a row, counted in the offsets, and returns it. */
  public RowView at(int row) {
    first = row;
    return this;
  }

  /** Returns the index in the offsets of a row block's first row. */
  int index(int block) {
    return first + block * blockStride;
  }

  /** Returns the offset of a panel in the array, to which that of a row is added. */
  int panelOffset(int panel) {
    return base + panel * NR;
  }

  /** Returns the offset in the array of a panel of a row, counted through all row blocks. */
  int offset(int row, int panel) {
    return panelOffset(panel) + offsets[index(row / ROW_BLOCK) + row % ROW_BLOCK];
  }
}
