package charnn.engine.simd.gemm;

/**
 * A cursor in a matrix: GEMM's A or C from one place on. Its user moves it before each call; it is
 * allocated once, and belongs to one thread at a time.
 */
public final class MatrixView {
  private final PanelMatrix matrix;
  final float[] values;
  final int blockStride;
  final int panelStride;
  int offset;

  MatrixView(PanelMatrix matrix, int blockStride) {
    this(matrix, matrix.values(), matrix.offset(0, 0, 0), blockStride, matrix.panelStride());
  }

  /** A view with any strides, which cannot be moved. */
  MatrixView(float[] values, int offset, int blockStride, int panelStride) {
    this(null, values, offset, blockStride, panelStride);
  }

  private MatrixView(
      PanelMatrix matrix, float[] values, int offset, int blockStride, int panelStride) {
    this.matrix = matrix;
    this.values = values;
    this.offset = offset;
    this.blockStride = blockStride;
    this.panelStride = panelStride;
  }

  /** Moves the view to a row in a panel, and returns it. */
  public MatrixView at(int block, int panel, int row) {
    offset = matrix.offset(block, panel, row);
    return this;
  }

  public float[] values() {
    return values;
  }

  /** Returns the offset of the place in {@link #values}. */
  public int offset() {
    return offset;
  }
}
