package charnn.engine.simd.gemm;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.HAS_32_REGISTERS;
import static charnn.engine.simd.math.Simd.LANES;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.SPECIES;
import static charnn.engine.simd.math.Simd.floats;
import static charnn.engine.simd.math.Simd.multiplyAdd;

import charnn.engine.simd.math.Simd;
import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * Single-precision GEMM of matrices in packed panels. The micro-kernels are {@link Kernel8x2}, or
 * {@link Kernel6x2} where the processor has only 16 vector registers. The bits are the same: every
 * element of C is summed in the order of K.
 *
 * <p>A matrix has row blocks of {@link Simd#ROW_BLOCK} rows and panels of {@link Simd#NR} columns.
 * The rows of a row block are contiguous within a panel. Row blocks and panels have any strides.
 *
 * <p>Ranges are checked once, in the methods called from outside; the micro-kernels rely on them.
 */
public final class Gemm {
  /** KC where C is a single row block: no other micro-kernel reads a panel's rows again. */
  private static final int KC_SINGLE_BLOCK = 512;

  /**
   * KC of BLIS: the K block, to which longer sums are cut. So many rows of a wide panel stay in L1
   * while all micro-kernels use them: 16 KB of a panel, and more with 16 registers, where longer
   * loops gain more. A multiple of NR.
   */
  public static final int KC = HAS_32_REGISTERS ? (1 << 12) / NR : KC_SINGLE_BLOCK;

  /** Offsets of a row block's rows in a panel. */
  private static final int[] ROW_OFFSETS = new int[ROW_BLOCK];

  private static final float[] ZEROS = floats(ROW_BLOCK * NR);

  static {
    Arrays.setAll(ROW_OFFSETS, r -> r * NR);
  }

  private Gemm() {}

  /**
   * C += A B: c[r][j] += sum over k of a[r][k] b[k][j].
   *
   * @param rowBlocks of A and C
   * @param kPanels panels of A; K = kPanels NR
   * @param a row r of panel p of row block i: [NR] from aOffset + i aBlockStride + p aPanelStride +
   *     r NR
   * @param b packed: panel p [K][NR] from bOffset + p K NR
   * @param panels of B and C
   * @param c row r of panel p of row block i: [NR] from cOffset + i cBlockStride + p cPanelStride +
   *     r NR; added to
   */
  public static void gemm(
      int rowBlocks,
      int kPanels,
      float[] a,
      int aOffset,
      int aBlockStride,
      int aPanelStride,
      float[] b,
      int bOffset,
      int panels,
      float[] c,
      int cOffset,
      int cBlockStride,
      int cPanelStride) {
    gemm(
        rowBlocks,
        kPanels,
        a,
        aOffset,
        aBlockStride,
        aPanelStride,
        b,
        bOffset,
        panels,
        null,
        0,
        0,
        c,
        cOffset,
        cBlockStride,
        cPanelStride);
  }

  /**
   * C = D + A B: c[r][j] = d[r][j] + sum over k of a[r][k] b[k][j]. The parameters are those of
   * {@link #gemm} without D, and:
   *
   * @param d its row of row block i and row r has index dFirst + i d.blockStride + r in d.offsets,
   *     and all its panels are contiguous from dOffset on; null: D is C
   * @param c overwritten if there is a D
   */
  public static void gemm(
      int rowBlocks,
      int kPanels,
      float[] a,
      int aOffset,
      int aBlockStride,
      int aPanelStride,
      float[] b,
      int bOffset,
      int panels,
      RowSource d,
      int dFirst,
      int dOffset,
      float[] c,
      int cOffset,
      int cBlockStride,
      int cPanelStride) {
    if (rowBlocks == 0 || panels == 0) {
      return;
    }
    int k = kPanels * NR;
    check(
        a,
        aOffset,
        kPanels == 0
            ? 0
            : (rowBlocks - 1) * aBlockStride + (kPanels - 1) * aPanelStride + ROW_BLOCK * NR);
    check(b, bOffset, panels * k * NR);
    check(
        c, cOffset, (rowBlocks - 1) * cBlockStride + (panels - 1) * cPanelStride + ROW_BLOCK * NR);
    for (int row = 0; d != null && row < rowBlocks * ROW_BLOCK; row++) {
      check(d.values(), dOffset + d.offset(dFirst, row), panels * NR);
    }
    if (d != null && (!HAS_32_REGISTERS || kPanels == 0)) {
      copy(rowBlocks, panels, d, dFirst, dOffset, c, cOffset, cBlockStride, cPanelStride);
    }
    int mcBlocks = HAS_32_REGISTERS ? rowBlocks : SixesAndFours.MAX_BLOCKS;
    int kcPanels = (rowBlocks == 1 ? KC_SINGLE_BLOCK : KC) / NR;
    for (int first = 0; first < rowBlocks; first += mcBlocks) {
      int last = Math.min(rowBlocks, first + mcBlocks);
      for (int q = 0; q < kPanels; q += kcPanels) {
        int n = Math.min(kcPanels, kPanels - q);
        int aFirst = aOffset + first * aBlockStride + q * aPanelStride;
        float[] packedA =
            HAS_32_REGISTERS
                ? null
                : SixesAndFours.packA(n, last - first, a, aFirst, aBlockStride, aPanelStride);
        for (int p = 0; p < panels; p++) {
          int bTile = bOffset + (p * k + q * NR) * NR;
          if (!HAS_32_REGISTERS) {
            int cTile = cOffset + first * cBlockStride + p * cPanelStride;
            SixesAndFours.ab(n, last - first, packedA, b, bTile, c, cTile, cBlockStride);
            continue;
          }
          for (int block = first; block < last; block++) {
            int aTile = aOffset + block * aBlockStride + q * aPanelStride;
            int cTile = cOffset + block * cBlockStride + p * cPanelStride;
            if (d != null && q == 0) {
              int dTile = dOffset + p * NR;
              int dRow = dFirst + block * d.blockStride();
              Kernel8x2.ab(
                  n,
                  a,
                  aTile,
                  aPanelStride,
                  b,
                  bTile,
                  d.values(),
                  dTile,
                  d.offsets(),
                  dRow,
                  c,
                  cTile);
            } else {
              Kernel8x2.ab(n, a, aTile, aPanelStride, b, bTile, c, cTile, ROW_OFFSETS, 0, c, cTile);
            }
          }
        }
      }
    }
  }

  /** C = D. */
  private static void copy(
      int rowBlocks,
      int panels,
      RowSource d,
      int dFirst,
      int dOffset,
      float[] c,
      int cOffset,
      int cBlockStride,
      int cPanelStride) {
    for (int row = 0; row < rowBlocks * ROW_BLOCK; row++) {
      int from = dOffset + d.offset(dFirst, row);
      int to = cOffset + row / ROW_BLOCK * cBlockStride + row % ROW_BLOCK * NR;
      Panels.scatter(d.values(), from, panels, c, to, cPanelStride);
    }
  }

  /**
   * C = A^T B, or C += A^T B: c[j][i] (+)= sum over s of a[s][j] b[s][i].
   *
   * @param rowBlocks of A and B, over whose rows (samples) the sum runs
   * @param columns panels of A, whose columns are the rows of C
   * @param a panel q [samples][NR] from aOffset + q aPanelStride
   * @param b panel p [samples][NR] from bOffset + p bPanelStride
   * @param panels of B and C
   * @param adds whether C is added to (beta 1) or overwritten (beta 0)
   * @param c [columns][panels][NR][NR] from cOffset
   */
  public static void gemmTransposedA(
      int rowBlocks,
      int columns,
      float[] a,
      int aOffset,
      int aPanelStride,
      float[] b,
      int bOffset,
      int bPanelStride,
      int panels,
      boolean adds,
      float[] c,
      int cOffset) {
    int samples = rowBlocks * ROW_BLOCK;
    int length = columns * panels * NR * NR;
    check(c, cOffset, length);
    if (!adds && (!HAS_32_REGISTERS || rowBlocks == 0)) {
      Arrays.fill(c, cOffset, cOffset + length, 0);
    }
    if (rowBlocks == 0 || columns == 0 || panels == 0) {
      return;
    }
    check(a, aOffset, (columns - 1) * aPanelStride + samples * NR);
    check(b, bOffset, (panels - 1) * bPanelStride + samples * NR);
    int kcSamples = kcBlocks(rowBlocks) * ROW_BLOCK;
    for (int s = 0; s < samples; s += kcSamples) {
      int n = Math.min(kcSamples, samples - s);
      for (int p = 0; p < panels; p++) {
        int bTile = bOffset + p * bPanelStride + s * NR;
        for (int j = 0; j < columns * NR; j += HAS_32_REGISTERS ? ROW_BLOCK : NR) {
          int aTile = aOffset + j / NR * aPanelStride + s * NR + j % NR;
          int cTile = cOffset + ((j / NR * panels + p) * NR + j % NR) * NR;
          if (!HAS_32_REGISTERS) {
            SixesAndFours.atb(n, a, aTile, b, bTile, c, cTile);
          } else if (!adds && s == 0) {
            Kernel8x2.atb(n, a, aTile, b, bTile, ZEROS, BASE, c, cTile);
          } else {
            Kernel8x2.atb(n, a, aTile, b, bTile, c, cTile, c, cTile);
          }
        }
      }
    }
  }

  /** Returns the row blocks of each K block: as equal as possible, at most KC rows. */
  private static int kcBlocks(int rowBlocks) {
    int maxBlocks = KC / ROW_BLOCK;
    int kBlocks = (rowBlocks + maxBlocks - 1) / maxBlocks;
    return (rowBlocks + kBlocks - 1) / kBlocks;
  }

  /**
   * c += a B for one row: c[j] += sum over k of a[k] b[k][j]. Bound by the bandwidth of B's memory.
   *
   * @param k length of a and rows of B
   * @param b packed, as in {@link #gemm}
   */
  public static void gemv(
      int k, float[] a, int aOffset, float[] b, int bOffset, int panels, float[] c, int cOffset) {
    check(a, aOffset, k);
    check(b, bOffset, panels * k * NR);
    check(c, cOffset, panels * NR);
    int p = 0;
    for (; p + 3 < panels; p += 4) {
      gemv4(k, a, aOffset, b, bOffset + p * k * NR, k * NR, c, cOffset + p * NR);
    }
    for (; p < panels; p++) {
      gemv1(k, a, aOffset, b, bOffset + p * k * NR, c, cOffset + p * NR);
    }
  }

  /** One row by four panels, with a stride of bPanelStride. */
  private static void gemv4(
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int bPanelStride,
      float[] c,
      int cOffset) {
    int b1 = bOffset + bPanelStride;
    int b2 = b1 + bPanelStride;
    int b3 = b2 + bPanelStride;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, cOffset + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, cOffset + 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c, cOffset + 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c, cOffset + 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c, cOffset + 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c, cOffset + 7 * LANES);
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + i]);
      int offset = i * NR;
      s0 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bOffset + offset), s0);
      s1 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bOffset + offset + LANES), s1);
      s2 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b1 + offset), s2);
      s3 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b1 + offset + LANES), s3);
      s4 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b2 + offset), s4);
      s5 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b2 + offset + LANES), s5);
      s6 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b3 + offset), s6);
      s7 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b3 + offset + LANES), s7);
    }
    s0.intoArray(c, cOffset);
    s1.intoArray(c, cOffset + LANES);
    s2.intoArray(c, cOffset + 2 * LANES);
    s3.intoArray(c, cOffset + 3 * LANES);
    s4.intoArray(c, cOffset + 4 * LANES);
    s5.intoArray(c, cOffset + 5 * LANES);
    s6.intoArray(c, cOffset + 6 * LANES);
    s7.intoArray(c, cOffset + 7 * LANES);
  }

  /** One row by one panel. */
  private static void gemv1(
      int k, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, cOffset);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, cOffset + LANES);
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + i]);
      s0 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bOffset + i * NR), s0);
      s1 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bOffset + i * NR + LANES), s1);
    }
    s0.intoArray(c, cOffset);
    s1.intoArray(c, cOffset + LANES);
  }

  private static void check(float[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
  }
}
