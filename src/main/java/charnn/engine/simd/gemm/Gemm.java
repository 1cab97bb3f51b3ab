package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.HAS_32_REGISTERS;
import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.floats;
import static charnn.engine.simd.gemm.Simd.multiplyAdd;

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
   * C = D + A B, or C += A B: c[r][j] = d[r][j] + sum over k of a[r][k] b[k][j].
   *
   * @param rowBlocks of A and C
   * @param a row r of panel p of row block i: [NR] from its place + i blockStride + p panelStride +
   *     r NR
   * @param b its panels and K
   * @param d its columns are those of B's panels in their matrix; null: D is C
   * @param c row r of panel p of row block i, as in A; overwritten if there is a D
   */
  public static void gemm(int rowBlocks, MatrixView a, PackedPanels b, RowView d, MatrixView c) {
    if (rowBlocks == 0 || b.count() == 0) {
      return;
    }
    checkGemm(rowBlocks, a, b, d, c);
    if (d != null && (!HAS_32_REGISTERS || b.kPanels() == 0)) {
      copy(rowBlocks, b, d, c);
    }
    int mcBlocks = HAS_32_REGISTERS ? rowBlocks : SixesAndFours.MAX_BLOCKS;
    int kcPanels = (rowBlocks == 1 ? KC_SINGLE_BLOCK : KC) / NR;
    for (int first = 0; first < rowBlocks; first += mcBlocks) {
      int last = Math.min(rowBlocks, first + mcBlocks);
      for (int q = 0; q < b.kPanels(); q += kcPanels) {
        int n = Math.min(kcPanels, b.kPanels() - q);
        if (HAS_32_REGISTERS) {
          multiply8(first, last, q, n, a, b, q == 0 ? d : null, c);
        } else {
          multiply6(first, last, q, n, a, b, c);
        }
      }
    }
  }

  private static void checkGemm(
      int rowBlocks, MatrixView a, PackedPanels b, RowView d, MatrixView c) {
    int k = b.kPanels();
    int tile = ROW_BLOCK * NR;
    int blocks = rowBlocks - 1;
    check(a.values, a.offset, k == 0 ? 0 : blocks * a.blockStride + (k - 1) * a.panelStride + tile);
    check(b.values(), b.offset(), b.count() * k * NR * NR);
    check(c.values, c.offset, blocks * c.blockStride + (b.count() - 1) * c.panelStride + tile);
    for (int row = 0; d != null && row < rowBlocks * ROW_BLOCK; row++) {
      check(d.values, d.offset(row, b.first()), b.count() * NR);
    }
  }

  /** Row blocks first to last, and n panels of K from q on, with 32 registers. */
  private static void multiply8(
      int first, int last, int q, int n, MatrixView a, PackedPanels b, RowView d, MatrixView c) {
    for (int p = 0; p < b.count(); p++) {
      int bTile = b.offset() + (p * b.kPanels() + q) * NR * NR;
      for (int block = first; block < last; block++) {
        int aTile = a.offset + block * a.blockStride + q * a.panelStride;
        int cTile = c.offset + block * c.blockStride + p * c.panelStride;
        float[] from = d == null ? c.values : d.values;
        int dTile = d == null ? cTile : d.panelOffset(b.first() + p);
        int[] rows = d == null ? ROW_OFFSETS : d.offsets;
        int row = d == null ? 0 : d.index(block);
        Kernel8x2.ab(
            n,
            a.values,
            aTile,
            a.panelStride,
            b.values(),
            bTile,
            from,
            dTile,
            rows,
            row,
            c.values,
            cTile);
      }
    }
  }

  /** The same with 16 registers; C += A B. */
  private static void multiply6(
      int first, int last, int q, int n, MatrixView a, PackedPanels b, MatrixView c) {
    int blocks = last - first;
    int aFirst = a.offset + first * a.blockStride + q * a.panelStride;
    float[] packedA =
        SixesAndFours.packA(n, blocks, a.values, aFirst, a.blockStride, a.panelStride);
    for (int p = 0; p < b.count(); p++) {
      int bTile = b.offset() + (p * b.kPanels() + q) * NR * NR;
      int cTile = c.offset + first * c.blockStride + p * c.panelStride;
      SixesAndFours.ab(n, blocks, packedA, b.values(), bTile, c.values, cTile, c.blockStride);
    }
  }

  /** C = D. */
  private static void copy(int rowBlocks, PackedPanels b, RowView d, MatrixView c) {
    for (int row = 0; row < rowBlocks * ROW_BLOCK; row++) {
      int from = d.offset(row, b.first());
      int to = c.offset + row / ROW_BLOCK * c.blockStride + row % ROW_BLOCK * NR;
      Panels.scatter(d.values, from, b.count(), c.values, to, c.panelStride);
    }
  }

  /**
   * C = A^T B, or C += A^T B: c[j][i] (+)= sum over s of a[s][j] b[s][i].
   *
   * @param rowBlocks of A and B, over whose rows (samples) the sum runs; they are contiguous
   * @param a its columns are the rows of C
   * @param b has as many panels as C has K panels
   * @param adds whether C is added to (beta 1) or overwritten (beta 0)
   * @param c a panel for each of A's: [B's panels][NR][NR]
   */
  public static void gemmTransposedA(
      int rowBlocks, MatrixView a, MatrixView b, boolean adds, PackedPanels c) {
    int samples = rowBlocks * ROW_BLOCK;
    int panels = c.kPanels();
    int length = c.count() * panels * NR * NR;
    check(c.values(), c.offset(), length);
    if (!adds && (!HAS_32_REGISTERS || rowBlocks == 0)) {
      Arrays.fill(c.values(), c.offset(), c.offset() + length, 0);
    }
    if (rowBlocks == 0 || length == 0) {
      return;
    }
    check(a.values, a.offset, (c.count() - 1) * a.panelStride + samples * NR);
    check(b.values, b.offset, (panels - 1) * b.panelStride + samples * NR);
    int kcSamples = kcBlocks(rowBlocks) * ROW_BLOCK;
    for (int s = 0; s < samples; s += kcSamples) {
      int n = Math.min(kcSamples, samples - s);
      for (int p = 0; p < panels; p++) {
        int bTile = b.offset + p * b.panelStride + s * NR;
        for (int j = 0; j < c.count() * NR; j += HAS_32_REGISTERS ? ROW_BLOCK : NR) {
          int aTile = a.offset + j / NR * a.panelStride + s * NR + j % NR;
          int cTile = c.offset() + ((j / NR * panels + p) * NR + j % NR) * NR;
          if (!HAS_32_REGISTERS) {
            SixesAndFours.atb(n, a.values, aTile, b.values, bTile, c.values(), cTile);
          } else {
            float[] d = adds || s > 0 ? c.values() : ZEROS;
            int dTile = adds || s > 0 ? cTile : BASE;
            Kernel8x2.atb(n, a.values, aTile, b.values, bTile, d, dTile, c.values(), cTile);
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
   * @param a K contiguous values
   * @param c a row of B's whole matrix, contiguous; only B's columns are added to
   */
  public static void gemv(MatrixView a, PackedPanels b, MatrixView c) {
    checkGemv(a, b, c);
    int k = b.kPanels() * NR;
    int to = c.offset + b.first() * NR;
    int p = 0;
    for (; p + 3 < b.count(); p += 4) {
      int panel = b.offset() + p * k * NR;
      gemv4(k, a.values, a.offset, b.values(), panel, k * NR, c.values, to + p * NR);
    }
    for (; p < b.count(); p++) {
      gemv1(k, a.values, a.offset, b.values(), b.offset() + p * k * NR, c.values, to + p * NR);
    }
  }

  static void checkGemv(MatrixView a, PackedPanels b, MatrixView c) {
    check(a.values, a.offset, b.kPanels() * NR);
    check(b.values(), b.offset(), b.count() * b.kPanels() * NR * NR);
    check(c.values, c.offset + b.first() * NR, b.count() * NR);
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
