package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;
import static charnn.engine.simd.gemm.Simd.floats;

import java.util.Arrays;

/**
 * A matrix of activations in packed panels: [row blocks][panels][rows][NR] from {@link Simd#BASE}
 * on. For each panel of columns, all rows of a row block, of all time steps, are contiguous.
 */
public final class PanelMatrix {
  private final float[] values;
  private final int panels;
  private final int rows;
  private int firstBlock;

  /**
   * @param rows of a row block
   */
  public PanelMatrix(int blocks, int panels, int rows) {
    this.values = floats(blocks * panels * rows * NR);
    this.panels = panels;
    this.rows = rows;
  }

  public float[] values() {
    return values;
  }

  /** Lets the memory, from now on, be that of the row blocks from one on. */
  public void startAt(int block) {
    firstBlock = block;
  }

  /** Returns the offset of a row in a panel. */
  public int offset(int block, int panel, int row) {
    return BASE + (((block - firstBlock) * panels + panel) * rows + row) * NR;
  }

  public int panels() {
    return panels;
  }

  /** Returns the stride from a panel to the next. */
  public int panelStride() {
    return rows * NR;
  }

  /** Returns a view whose row blocks are those of the matrix, at one place of each. */
  public MatrixView acrossBlocks() {
    return new MatrixView(this, panels * panelStride());
  }

  /** Returns a view whose row blocks are the time steps of one row block. */
  public MatrixView alongTime() {
    return new MatrixView(this, ROW_BLOCK * NR);
  }

  public void clear() {
    Arrays.fill(values, 0);
  }
}
