// Written by scripts/MicroKernels.java.
package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.HAS_FMA;
import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * GEMM micro-kernels for processors of 16 vector registers: MR = 6 rows by NR = two vectors, 12
 * accumulators; and MR = 4. {@link SixesAndFours} calls them.
 *
 * <p>The loops are unrolled by four. What {@link Kernel8x2} says of direct calls and of {@code
 * -XX:PerMethodTrapLimit} holds here, too.
 *
 * <p>Calls of {@link Objects#checkIndex} are scheduling fences. Without them, the compiler hoists
 * loads of later iterations, and spills accumulators to have registers for them, at half the speed.
 * It moves no load across a check that it can neither eliminate nor hoist. Each check has a lower
 * limit than the one before, so that none implies another.
 *
 * <p>A check keeps every local variable alive that is used after it, and there are few registers.
 * So the loops count in A's own index, B's index is a shift from it, and no variable is derived
 * from others.
 *
 * <p>AB: C += A B for rows of A that are contiguous, with a stride of KC. ATB: C += A^T B for
 * columns of A, with a stride of NR between samples. A's index runs from aOffset to end. C's rows
 * have a stride of NR from c0 on; AB takes the offset of every second one.
 */
final class Kernel6x2 {
  private static final int KC = Gemm.KC;

  /** Above every masked index, by more than there are fences. */
  private static final int FENCE_LIMIT = (1 << 24) + 16;

  /** Not final: the compiler must not know that an index with this mask is below the limit. */
  private static int fenceMask = (1 << 24) - 1;

  private Kernel6x2() {}

  static void ab6x2(
      int end, float[] a, int aOffset, float[] b, int shift, float[] c, int c0, int c2, int c4) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + NR);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + NR + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c2 + NR);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c2 + NR + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector s41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, c, c4 + NR);
    FloatVector s51 = FloatVector.fromArray(SPECIES, c, c4 + NR + LANES);
    int mask = fenceMask;
    FloatVector v;
    for (int i = aOffset; i < end; i += 4) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & mask, FENCE_LIMIT);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 1);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * KC]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * KC]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR + NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 1]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 3);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC + 1]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC + 1]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 4);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * KC + 1]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * KC + 1]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 5);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 2 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 2 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 2]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC + 2]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 6);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC + 2]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 7);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * KC + 2]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * KC + 2]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 8);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 3 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 3 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 3]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC + 3]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 9);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC + 3]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 10);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * KC + 3]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * KC + 3]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + NR);
    s11.intoArray(c, c0 + NR + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c2 + NR);
    s31.intoArray(c, c2 + NR + LANES);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANES);
    s50.intoArray(c, c4 + NR);
    s51.intoArray(c, c4 + NR + LANES);
  }

  static void ab4x2(
      int end, float[] a, int aOffset, float[] b, int shift, float[] c, int c0, int c2) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + NR);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + NR + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c2 + NR);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c2 + NR + LANES);
    int mask = fenceMask;
    FloatVector v;
    for (int i = aOffset; i < end; i += 4) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR + NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 1]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC + 1]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC + 1]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC + 1]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 1);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 2 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 2 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 2]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC + 2]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC + 2]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC + 2]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(i & mask, FENCE_LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 3 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * NR + 3 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 3]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + KC + 3]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * KC + 3]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * KC + 3]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + NR);
    s11.intoArray(c, c0 + NR + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c2 + NR);
    s31.intoArray(c, c2 + NR + LANES);
  }

  static void atb6x2(int end, float[] a, int aOffset, float[] b, int shift, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + NR);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + NR + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * NR);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c0 + 2 * NR + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * NR);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c0 + 3 * NR + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, c, c0 + 4 * NR);
    FloatVector s41 = FloatVector.fromArray(SPECIES, c, c0 + 4 * NR + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, c, c0 + 5 * NR);
    FloatVector s51 = FloatVector.fromArray(SPECIES, c, c0 + 5 * NR + LANES);
    int mask = fenceMask;
    FloatVector v;
    for (int s = aOffset; s < end; s += 4 * NR) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + s + LANES);
      v = FloatVector.broadcast(SPECIES, a[s]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & mask, FENCE_LIMIT);
      v = FloatVector.broadcast(SPECIES, a[s + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 1);
      v = FloatVector.broadcast(SPECIES, a[s + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + NR]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 3);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 4);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 5);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 6);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 7);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 8);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 9);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 10);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + NR);
    s11.intoArray(c, c0 + NR + LANES);
    s20.intoArray(c, c0 + 2 * NR);
    s21.intoArray(c, c0 + 2 * NR + LANES);
    s30.intoArray(c, c0 + 3 * NR);
    s31.intoArray(c, c0 + 3 * NR + LANES);
    s40.intoArray(c, c0 + 4 * NR);
    s41.intoArray(c, c0 + 4 * NR + LANES);
    s50.intoArray(c, c0 + 5 * NR);
    s51.intoArray(c, c0 + 5 * NR + LANES);
  }

  static void atb4x2(int end, float[] a, int aOffset, float[] b, int shift, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + NR);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + NR + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * NR);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c0 + 2 * NR + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * NR);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c0 + 3 * NR + LANES);
    int mask = fenceMask;
    FloatVector v;
    for (int s = aOffset; s < end; s += 4 * NR) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + s + LANES);
      v = FloatVector.broadcast(SPECIES, a[s]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + 1]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + 2]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + NR]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 1]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 2]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + NR + 3]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 1);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 1]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 2]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * NR + 3]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(s & mask, FENCE_LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * NR);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * NR + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR]);
      s00 = HAS_FMA ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = HAS_FMA ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 1]);
      s10 = HAS_FMA ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = HAS_FMA ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 2]);
      s20 = HAS_FMA ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = HAS_FMA ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * NR + 3]);
      s30 = HAS_FMA ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = HAS_FMA ? v.fma(b1, s31) : v.mul(b1).add(s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + NR);
    s11.intoArray(c, c0 + NR + LANES);
    s20.intoArray(c, c0 + 2 * NR);
    s21.intoArray(c, c0 + 2 * NR + LANES);
    s30.intoArray(c, c0 + 3 * NR);
    s31.intoArray(c, c0 + 3 * NR + LANES);
  }
}
