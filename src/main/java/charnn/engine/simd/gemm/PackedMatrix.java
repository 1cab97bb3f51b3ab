package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.floats;

/**
 * A matrix packed as GEMM's B: contiguous panels of {@link Simd#NR} columns, padded with zeros:
 * [panels][K][NR] from {@link Simd#BASE} on.
 */
public final class PackedMatrix {
  /** Columns that one transposition loop handles. */
  private static final int TRANSPOSED_COLUMNS = 8;

  private final float[] values;
  private final int kPanels;
  private final int first;
  private final int panels;

  public PackedMatrix(int kPanels, int panels) {
    this(kPanels, 0, panels);
  }

  /**
   * A matrix that is a part of a wider one's columns.
   *
   * @param first its first panel's number there
   */
  public PackedMatrix(int kPanels, int first, int panels) {
    this.values = floats(kPanels * NR * panels * NR);
    this.kPanels = kPanels;
    this.first = first;
    this.panels = panels;
  }

  public float[] values() {
    return values;
  }

  public PackedPanels panels() {
    return panels(first, panels);
  }

  /**
   * Returns some panels.
   *
   * @param from number of the first; in a wider matrix, if this one is a part of it
   */
  public PackedPanels panels(int from, int count) {
    int offset = BASE + (from - first) * kPanels * NR * NR;
    return new PackedPanels(values, offset, kPanels, from, count);
  }

  /** Returns those of some panels that the matrix has. */
  public PackedPanels intersection(int from, int to) {
    int begin = Math.max(from, first);
    return panels(begin, Math.max(0, Math.min(to, first + panels) - begin));
  }

  /**
   * Packs columns first to last of a column-major matrix [rows x columns].
   *
   * @param offset of the matrix in {@code from}
   */
  public void pack(float[] from, int offset, int rows, PaddedColumns columns, int first, int last) {
    for (int j = first; j < last; ) {
      int width = contiguousColumns(columns, j, last);
      int column = columns.padded(j); // counted from this matrix's first
      int to = BASE + column / NR * kPanels * NR * NR + column % NR;
      transpose(rows, width, from, offset + j * rows, values, to, NR);
      j += width;
    }
  }

  /** Packs the same columns as rows: this matrix is [columns x rows]. */
  public void packTransposed(
      float[] from, int offset, int rows, PaddedColumns columns, int first, int last) {
    for (int j = first; j < last; j++) {
      int row = BASE + columns.padded(j) * NR;
      for (int u = 0; u < rows; u += NR) {
        int to = row + u * kPanels * NR;
        System.arraycopy(from, offset + j * rows + u, values, to, Math.min(NR, rows - u));
      }
    }
  }

  /**
   * Copies the same columns to rows.
   *
   * @param toOffset of the first row's place for the first column
   * @param stride from a row to the next
   */
  public static void transpose(
      float[] from,
      int offset,
      int rows,
      PaddedColumns columns,
      int first,
      int last,
      float[] to,
      int toOffset,
      int stride) {
    for (int j = first; j < last; ) {
      int width = contiguousColumns(columns, j, last);
      transpose(rows, width, from, offset + j * rows, to, toOffset + columns.padded(j), stride);
      j += width;
    }
  }

  /** Returns how many columns from j on one loop handles: within one group and panel. */
  private static int contiguousColumns(PaddedColumns columns, int j, int last) {
    int group = columns.width() - j % columns.width();
    int panel = NR - columns.padded(j) % NR;
    return Math.min(Math.min(TRANSPOSED_COLUMNS, last - j), Math.min(group, panel));
  }

  /**
   * to[i][c] = from[c][i], for contiguous columns. The case of {@link #TRANSPOSED_COLUMNS} columns
   * writes sequentially, and its inner loop has a constant length for the compiler to unroll.
   *
   * @param toRowStride stride from a row of {@code to} to the next
   */
  private static void transpose(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      float[] to,
      int toOffset,
      int toRowStride) {
    if (columns == TRANSPOSED_COLUMNS) {
      for (int i = 0; i < rows; i++) {
        for (int c = 0; c < TRANSPOSED_COLUMNS; c++) {
          to[toOffset + i * toRowStride + c] = from[fromOffset + c * rows + i];
        }
      }
      return;
    }
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < rows; i++) {
        to[toOffset + i * toRowStride + c] = from[fromOffset + c * rows + i];
      }
    }
  }
}
