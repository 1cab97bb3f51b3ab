package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;

/**
 * Rows that may lie anywhere, to which a product is added.
 *
 * @param values in which the rows are
 * @param starts where each row begins; may change from product to product
 * @param group from a group's first row in starts to the next group's; 0: all groups have the same
 *     rows
 */
record Rows(float[] values, int[] starts, int group) {
  /** Returns where a row begins, counted through the groups of which the first begins at first. */
  int start(int first, int row) {
    return starts[first + row / GROUP * group + row % GROUP];
  }
}
