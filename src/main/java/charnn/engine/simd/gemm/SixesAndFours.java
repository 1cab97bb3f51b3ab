package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.HAS_FMA;
import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.floats;

import jdk.incubator.vector.FloatVector;

/**
 * Cuts GEMM's rows for {@link Kernel6x2}: MR is 6, and 4 for rows that do not divide into sixes,
 * and without FMA instructions.
 *
 * <p>Panels are narrow where there are 16 registers, so an inner loop over one panel would be too
 * short. A is therefore packed first: each row of a K block is made contiguous. One packed block
 * serves all panels of B.
 */
final class SixesAndFours {
  /** Row blocks that can be packed at once: MC of BLIS over {@link Simd#ROW_BLOCK}. */
  static final int MAX_BLOCKS = 4;

  private static final int KC = Gemm.KC;

  private static final ThreadLocal<float[]> PACKED_A =
      ThreadLocal.withInitial(() -> floats(MAX_BLOCKS * ROW_BLOCK * KC));

  private SixesAndFours() {}

  /**
   * Packs a K block of some row blocks of A.
   *
   * @param kPanels panels of the K block, at most {@link Gemm#KC} columns
   * @param rowBlocks at most {@link #MAX_BLOCKS}
   * @param a as for {@link Gemm#gemm}
   * @return [8 rowBlocks][KC] from {@link Simd#BASE}, for {@link #ab}; valid until this thread
   *     packs again
   */
  static float[] packA(
      int kPanels, int rowBlocks, float[] a, int aOffset, int aBlockStride, int aPanelStride) {
    float[] packedA = PACKED_A.get();
    for (int block = 0; block < rowBlocks; block++) {
      for (int q = 0; q < kPanels; q++) {
        int from = aOffset + block * aBlockStride + q * aPanelStride;
        int to = BASE + block * ROW_BLOCK * KC + q * NR;
        copyPanelRow(a, from, packedA, to);
        copyPanelRow(a, from + NR, packedA, to + KC);
        copyPanelRow(a, from + 2 * NR, packedA, to + 2 * KC);
        copyPanelRow(a, from + 3 * NR, packedA, to + 3 * KC);
        copyPanelRow(a, from + 4 * NR, packedA, to + 4 * KC);
        copyPanelRow(a, from + 5 * NR, packedA, to + 5 * KC);
        copyPanelRow(a, from + 6 * NR, packedA, to + 6 * KC);
        copyPanelRow(a, from + 7 * NR, packedA, to + 7 * KC);
      }
    }
    return packedA;
  }

  private static void copyPanelRow(float[] from, int fromOffset, float[] to, int toOffset) {
    FloatVector.fromArray(SPECIES, from, fromOffset).intoArray(to, toOffset);
    FloatVector.fromArray(SPECIES, from, fromOffset + LANES).intoArray(to, toOffset + LANES);
  }

  /**
   * C += A B: c[r][j] += sum over i of a[r][i] b[i][j] for the rows r of some row blocks and one
   * panel of columns j. 4x2 first, until the rest divides into sixes: 8 rows are two fours, 16 a
   * four and two sixes, 24 four sixes, 32 two fours and four sixes.
   *
   * @param kPanels panels that the sum runs over
   * @param packedA by {@link #packA}
   * @param b row i: [NR] from bOffset + i NR
   * @param c row r of row block n: [NR] from cOffset + n cBlockStride + r NR
   */
  static void ab(
      int kPanels,
      int rowBlocks,
      float[] packedA,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cBlockStride) {
    for (int row = 0, rows = rowBlocks * ROW_BLOCK; row < rows; ) {
      int first = BASE + row * KC;
      int end = first + kPanels * NR;
      int shift = bOffset - first * NR;
      int c0 = rowPair(row, cOffset, cBlockStride);
      int c2 = rowPair(row + 2, cOffset, cBlockStride);
      if (HAS_FMA && (rows - row) % 6 == 0) {
        Kernel6x2.ab6x2(
            end, packedA, first, b, shift, c, c0, c2, rowPair(row + 4, cOffset, cBlockStride));
        row += 6;
      } else {
        Kernel6x2.ab4x2(end, packedA, first, b, shift, c, c0, c2);
        row += 4;
      }
    }
  }

  /** Returns the offset of an even row of C; the next row is contiguous. */
  private static int rowPair(int row, int cOffset, int cBlockStride) {
    return cOffset + row / ROW_BLOCK * cBlockStride + row % ROW_BLOCK * NR;
  }

  /**
   * C += A^T B: c[j][i] += sum over s of a[s][j] b[s][i] for the columns j of a panel of A and one
   * panel of columns i.
   *
   * @param samples a multiple of 4
   * @param a row s: [NR] from aOffset + s NR
   * @param b row s: [NR] from bOffset + s NR
   * @param c row j: [NR] from cOffset + j NR
   */
  static void atb(
      int samples, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    for (int j = 0; j < NR; ) {
      int first = aOffset + j;
      int end = first + samples * NR;
      int shift = bOffset - first;
      int c0 = cOffset + j * NR;
      if (HAS_FMA && (NR - j) % 6 == 0) {
        Kernel6x2.atb6x2(end, a, first, b, shift, c, c0);
        j += 6;
      } else {
        Kernel6x2.atb4x2(end, a, first, b, shift, c, c0);
        j += 4;
      }
    }
  }
}
