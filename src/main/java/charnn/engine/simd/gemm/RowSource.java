package charnn.engine.simd.gemm;

import static charnn.engine.simd.math.Simd.ROW_BLOCK;

/**
 * The matrix D of C = D + A B: rows at arbitrary offsets of an array.
 *
 * @param values the array
 * @param offsets of each row in the array; may change between calls
 * @param blockStride from a row block's first index in {@code offsets} to the next row block's; 0:
 *     all row blocks have the same rows
 */
public record RowSource(float[] values, int[] offsets, int blockStride) {
  /**
   * Returns a row's offset.
   *
   * @param first index in {@code offsets} of the first row block's first row
   * @param row counted through all row blocks
   */
  public int offset(int first, int row) {
    return offsets[first + row / ROW_BLOCK * blockStride + row % ROW_BLOCK];
  }
}
