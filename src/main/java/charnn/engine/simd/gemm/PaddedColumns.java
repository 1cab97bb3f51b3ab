package charnn.engine.simd.gemm;

/**
 * The columns of a weight matrix: groups of a width, each padded to whole panels.
 *
 * @param groups the gates of a recurrent layer; 1 in the output layer
 * @param width H or V
 */
public record PaddedColumns(int groups, int width) {
  /** Returns the number of columns without the padding. */
  public int count() {
    return groups * width;
  }

  /** Returns the number of columns with the padding. */
  public int padded() {
    return groups * Simd.padded(width);
  }

  public int panels() {
    return padded() / Simd.NR;
  }

  /** Returns a column's place with the padding. */
  public int padded(int column) {
    return column / width * Simd.padded(width) + column % width;
  }

  /** Returns a column's number by its place with the padding; -1 if it is padding. */
  public int unpadded(int place) {
    int column = place % Simd.padded(width);
    return column < width ? place / Simd.padded(width) * width + column : -1;
  }
}
