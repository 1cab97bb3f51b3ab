// Written by scripts/MicroKernels.java.
package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * GEMM micro-kernels for processors of 32 vector registers: MR = 8 rows by NR = two vectors, 16
 * accumulators.
 *
 * <p>In the innermost loops, every element of A has a constant offset from the loop counter, so the
 * compiler hoists all bounds checks out of the loop. The loops are unrolled by two, which halves
 * the loop overhead: where two hardware threads share a core, and on many hosts they do unseen,
 * overhead is what slows the loop down.
 *
 * <p>FMA is called directly, not through {@link Simd#multiplyAdd}: in a method beyond a certain
 * size, the compiler inlines only what belongs to the Vector API. So many operations in one method
 * also need the launcher's {@code -XX:PerMethodTrapLimit}; without it, the vectors of a loop are
 * boxed in some starts.
 */
final class Kernel8x2 {
  private Kernel8x2() {}

  /**
   * C = D + A B: c[r][j] = d[r][j] + sum over i of a[r][i] b[i][j] for the 8 rows r of a row block
   * and one panel of columns j.
   *
   * @param kPanels panels that the sum runs over
   * @param a row r of panel q: [NR] from aOffset + q aPanelStride + r NR
   * @param b row i: [NR] from bOffset + i NR
   * @param d row r: [NR] from dOffset + dRowOffsets[dFirst + r]
   * @param c row r: [NR] from cOffset + r NR; may be D
   */
  static void ab(
      int kPanels,
      float[] a,
      int aOffset,
      int aPanelStride,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      int[] dRowOffsets,
      int dFirst,
      float[] c,
      int cOffset) {
    int row = dOffset + dRowOffsets[dFirst];
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 1];
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 2];
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s21 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 3];
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s31 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 4];
    FloatVector s40 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s41 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 5];
    FloatVector s50 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s51 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 6];
    FloatVector s60 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s61 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dOffset + dRowOffsets[dFirst + 7];
    FloatVector s70 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s71 = FloatVector.fromArray(SPECIES, d, row + LANES);
    for (int q = 0; q < kPanels; q++) {
      int x = aOffset + q * aPanelStride;
      int y = bOffset + q * NR * NR;
      for (int i = 0; i < NR; i += 2) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, y + i * NR);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, y + i * NR + LANES);
        FloatVector v = FloatVector.broadcast(SPECIES, a[x + i]);
        s00 = v.fma(b0, s00);
        s01 = v.fma(b1, s01);
        v = FloatVector.broadcast(SPECIES, a[x + i + NR]);
        s10 = v.fma(b0, s10);
        s11 = v.fma(b1, s11);
        v = FloatVector.broadcast(SPECIES, a[x + i + 2 * NR]);
        s20 = v.fma(b0, s20);
        s21 = v.fma(b1, s21);
        v = FloatVector.broadcast(SPECIES, a[x + i + 3 * NR]);
        s30 = v.fma(b0, s30);
        s31 = v.fma(b1, s31);
        v = FloatVector.broadcast(SPECIES, a[x + i + 4 * NR]);
        s40 = v.fma(b0, s40);
        s41 = v.fma(b1, s41);
        v = FloatVector.broadcast(SPECIES, a[x + i + 5 * NR]);
        s50 = v.fma(b0, s50);
        s51 = v.fma(b1, s51);
        v = FloatVector.broadcast(SPECIES, a[x + i + 6 * NR]);
        s60 = v.fma(b0, s60);
        s61 = v.fma(b1, s61);
        v = FloatVector.broadcast(SPECIES, a[x + i + 7 * NR]);
        s70 = v.fma(b0, s70);
        s71 = v.fma(b1, s71);
        b0 = FloatVector.fromArray(SPECIES, b, y + i * NR + NR);
        b1 = FloatVector.fromArray(SPECIES, b, y + i * NR + NR + LANES);
        v = FloatVector.broadcast(SPECIES, a[x + i + 1]);
        s00 = v.fma(b0, s00);
        s01 = v.fma(b1, s01);
        v = FloatVector.broadcast(SPECIES, a[x + i + NR + 1]);
        s10 = v.fma(b0, s10);
        s11 = v.fma(b1, s11);
        v = FloatVector.broadcast(SPECIES, a[x + i + 2 * NR + 1]);
        s20 = v.fma(b0, s20);
        s21 = v.fma(b1, s21);
        v = FloatVector.broadcast(SPECIES, a[x + i + 3 * NR + 1]);
        s30 = v.fma(b0, s30);
        s31 = v.fma(b1, s31);
        v = FloatVector.broadcast(SPECIES, a[x + i + 4 * NR + 1]);
        s40 = v.fma(b0, s40);
        s41 = v.fma(b1, s41);
        v = FloatVector.broadcast(SPECIES, a[x + i + 5 * NR + 1]);
        s50 = v.fma(b0, s50);
        s51 = v.fma(b1, s51);
        v = FloatVector.broadcast(SPECIES, a[x + i + 6 * NR + 1]);
        s60 = v.fma(b0, s60);
        s61 = v.fma(b1, s61);
        v = FloatVector.broadcast(SPECIES, a[x + i + 7 * NR + 1]);
        s70 = v.fma(b0, s70);
        s71 = v.fma(b1, s71);
      }
    }
    s00.intoArray(c, cOffset);
    s01.intoArray(c, cOffset + LANES);
    s10.intoArray(c, cOffset + NR);
    s11.intoArray(c, cOffset + NR + LANES);
    s20.intoArray(c, cOffset + 2 * NR);
    s21.intoArray(c, cOffset + 2 * NR + LANES);
    s30.intoArray(c, cOffset + 3 * NR);
    s31.intoArray(c, cOffset + 3 * NR + LANES);
    s40.intoArray(c, cOffset + 4 * NR);
    s41.intoArray(c, cOffset + 4 * NR + LANES);
    s50.intoArray(c, cOffset + 5 * NR);
    s51.intoArray(c, cOffset + 5 * NR + LANES);
    s60.intoArray(c, cOffset + 6 * NR);
    s61.intoArray(c, cOffset + 6 * NR + LANES);
    s70.intoArray(c, cOffset + 7 * NR);
    s71.intoArray(c, cOffset + 7 * NR + LANES);
  }

  /**
   * C = D + A^T B: c[j][i] = d[j][i] + sum over s of a[s][j] b[s][i] for 8 columns j of A and one
   * panel of columns i.
   *
   * @param samples an even number
   * @param a row s: from aOffset + s NR
   * @param b row s: [NR] from bOffset + s NR
   * @param d row j: [NR] from dOffset + j NR
   * @param c row j: [NR] from cOffset + j NR; may be D
   */
  static void atb(
      int samples,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      float[] c,
      int cOffset) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, dOffset + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, dOffset + NR);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, dOffset + NR + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * NR);
    FloatVector s21 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * NR + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * NR);
    FloatVector s31 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * NR + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, d, dOffset + 4 * NR);
    FloatVector s41 = FloatVector.fromArray(SPECIES, d, dOffset + 4 * NR + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, d, dOffset + 5 * NR);
    FloatVector s51 = FloatVector.fromArray(SPECIES, d, dOffset + 5 * NR + LANES);
    FloatVector s60 = FloatVector.fromArray(SPECIES, d, dOffset + 6 * NR);
    FloatVector s61 = FloatVector.fromArray(SPECIES, d, dOffset + 6 * NR + LANES);
    FloatVector s70 = FloatVector.fromArray(SPECIES, d, dOffset + 7 * NR);
    FloatVector s71 = FloatVector.fromArray(SPECIES, d, dOffset + 7 * NR + LANES);
    for (int s = 0; s < samples * NR; s += 2 * NR) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + s + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[aOffset + s]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 6]);
      s60 = v.fma(b0, s60);
      s61 = v.fma(b1, s61);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + 7]);
      s70 = v.fma(b0, s70);
      s71 = v.fma(b1, s71);
      b0 = FloatVector.fromArray(SPECIES, b, bOffset + s + NR);
      b1 = FloatVector.fromArray(SPECIES, b, bOffset + s + NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 6]);
      s60 = v.fma(b0, s60);
      s61 = v.fma(b1, s61);
      v = FloatVector.broadcast(SPECIES, a[aOffset + s + NR + 7]);
      s70 = v.fma(b0, s70);
      s71 = v.fma(b1, s71);
    }
    s00.intoArray(c, cOffset);
    s01.intoArray(c, cOffset + LANES);
    s10.intoArray(c, cOffset + NR);
    s11.intoArray(c, cOffset + NR + LANES);
    s20.intoArray(c, cOffset + 2 * NR);
    s21.intoArray(c, cOffset + 2 * NR + LANES);
    s30.intoArray(c, cOffset + 3 * NR);
    s31.intoArray(c, cOffset + 3 * NR + LANES);
    s40.intoArray(c, cOffset + 4 * NR);
    s41.intoArray(c, cOffset + 4 * NR + LANES);
    s50.intoArray(c, cOffset + 5 * NR);
    s51.intoArray(c, cOffset + 5 * NR + LANES);
    s60.intoArray(c, cOffset + 6 * NR);
    s61.intoArray(c, cOffset + 6 * NR + LANES);
    s70.intoArray(c, cOffset + 7 * NR);
    s71.intoArray(c, cOffset + 7 * NR + LANES);
  }
}
