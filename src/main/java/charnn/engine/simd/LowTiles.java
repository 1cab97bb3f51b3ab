package charnn.engine.simd;

import static charnn.engine.simd.Simd.FUSED;
import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * Register tiles for processors of 16 vector registers: 6 rows by one panel, 12 accumulators; 4
 * rows where they cannot all be cut into sixes, or where a fused product takes two operations.
 *
 * <p>Panels are narrow here, so that a loop over one of them would be too short to be worth its
 * beginning. Rows are therefore gathered first: copied to where all of a row lies side by side. A
 * copy serves all panels of B.
 *
 * <p>Four turns of a loop are written out, as two are in {@link TallTiles}; what is said there of
 * direct calls and of {@code -XX:PerMethodTrapLimit} holds here, too. The compiler would load
 * operands of later turns ahead, and to have registers for them keep accumulators in memory, at
 * half the speed. But it moves no load across a check that it can neither drop nor make before the
 * loop: hence the calls of {@link Objects#checkIndex}, each for a lower limit than the one before,
 * so that none follows from another. A check needs every local variable that is used behind it, for
 * the case that it failed, and there are few registers: so the loops count in A's own index, to
 * which B's is a shift, and no variable follows from others.
 */
final class LowTiles {
  /** Groups of rows that can be gathered at once. */
  static final int MAX_GROUPS = 4;

  private static final int STRETCH = MatrixProduct.STRETCH;

  /** What a masked index is below, by more than there are checks. */
  private static final int LIMIT = (1 << 24) + 16;

  private static final ThreadLocal<float[]> GATHERED =
      ThreadLocal.withInitial(() -> floats(MAX_GROUPS * GROUP * STRETCH));

  /** Must not be final: the compiler is not to know that an index masked with these bits is low. */
  private static int lowBits = (1 << 24) - 1;

  private LowTiles() {}

  /**
   * Copies some panels of the rows of some groups.
   *
   * @param inner panels: {@link MatrixProduct#STRETCH} columns at most
   * @param groups at most {@link #MAX_GROUPS}
   * @param a as for {@link MatrixProduct#add}
   * @return for {@link #addRows}, until this thread gathers again
   */
  static float[] gather(int inner, int groups, float[] a, int aAt, int aGroup, int aPanel) {
    float[] gathered = GATHERED.get();
    for (int g = 0; g < groups; g++) {
      for (int q = 0; q < inner; q++) {
        int from = aAt + g * aGroup + q * aPanel;
        int to = ORIGIN + g * GROUP * STRETCH + q * PANEL;
        copyPart(a, from, gathered, to);
        copyPart(a, from + PANEL, gathered, to + STRETCH);
        copyPart(a, from + 2 * PANEL, gathered, to + 2 * STRETCH);
        copyPart(a, from + 3 * PANEL, gathered, to + 3 * STRETCH);
        copyPart(a, from + 4 * PANEL, gathered, to + 4 * STRETCH);
        copyPart(a, from + 5 * PANEL, gathered, to + 5 * STRETCH);
        copyPart(a, from + 6 * PANEL, gathered, to + 6 * STRETCH);
        copyPart(a, from + 7 * PANEL, gathered, to + 7 * STRETCH);
      }
    }
    return gathered;
  }

  private static void copyPart(float[] from, int fromAt, float[] to, int toAt) {
    FloatVector.fromArray(SPECIES, from, fromAt).intoArray(to, toAt);
    FloatVector.fromArray(SPECIES, from, fromAt + LANES).intoArray(to, toAt + LANES);
  }

  /**
   * c[r][j] += sum over i of a[r][i] b[i][j] for the rows r of some groups and one panel of columns
   * j. Fours first, until the rest can be cut into sixes: 8 rows are two fours, 16 a four and two
   * sixes, 24 four sixes, 32 two fours and four sixes.
   *
   * @param inner panels that the sum runs over
   * @param gathered rows of A, by {@link #gather}
   * @param b row i from bAt + i PANEL on
   * @param c row r of group g from cAt + g cGroup + r PANEL on
   */
  static void addRows(
      int inner, int groups, float[] gathered, float[] b, int bAt, float[] c, int cAt, int cGroup) {
    for (int row = 0, rows = groups * GROUP; row < rows; ) {
      int first = ORIGIN + row * STRETCH;
      int end = first + inner * PANEL;
      int shift = bAt - first * PANEL;
      int c0 = pair(row, cAt, cGroup);
      int c2 = pair(row + 2, cAt, cGroup);
      if (FUSED && (rows - row) % 6 == 0) {
        addSixRows(end, gathered, first, b, shift, c, c0, c2, pair(row + 4, cAt, cGroup));
        row += 6;
      } else {
        addFourRows(end, gathered, first, b, shift, c, c0, c2);
        row += 4;
      }
    }
  }

  /** Where an even row of C begins, and right behind it the next. */
  private static int pair(int row, int cAt, int cGroup) {
    return cAt + row / GROUP * cGroup + row % GROUP * PANEL;
  }

  /**
   * c[j][i] += sum over s of a[s][j] b[s][i] for the columns j of a panel of A and one panel of
   * columns i.
   *
   * @param samples a multiple of 4
   * @param a row s from aAt + s PANEL on
   * @param b row s from bAt + s PANEL on
   * @param c row j from cAt + j PANEL on
   */
  static void addColumns(int samples, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < PANEL; ) {
      int first = aAt + j;
      int end = first + samples * PANEL;
      int shift = bAt - first;
      int c0 = cAt + j * PANEL;
      if (FUSED && (PANEL - j) % 6 == 0) {
        addSixColumns(end, a, first, b, shift, c, c0);
        j += 6;
      } else {
        addFourColumns(end, a, first, b, shift, c, c0);
        j += 4;
      }
    }
  }

  private static void addSixRows(
      int end, float[] a, int aAt, float[] b, int shift, float[] c, int c0, int c2, int c4) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c2 + PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c2 + PANEL + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector s41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, c, c4 + PANEL);
    FloatVector s51 = FloatVector.fromArray(SPECIES, c, c4 + PANEL + LANES);
    int bits = lowBits;
    FloatVector v;
    for (int i = aAt; i < end; i += 4) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & bits, LIMIT);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & bits, LIMIT - 1);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * STRETCH]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * STRETCH]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(i & bits, LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 1]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & bits, LIMIT - 3);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH + 1]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH + 1]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & bits, LIMIT - 4);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * STRETCH + 1]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * STRETCH + 1]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(i & bits, LIMIT - 5);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 2 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 2 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 2]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH + 2]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & bits, LIMIT - 6);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH + 2]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & bits, LIMIT - 7);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * STRETCH + 2]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * STRETCH + 2]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(i & bits, LIMIT - 8);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 3 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 3 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 3]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH + 3]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(i & bits, LIMIT - 9);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH + 3]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(i & bits, LIMIT - 10);
      v = FloatVector.broadcast(SPECIES, a[i + 4 * STRETCH + 3]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[i + 5 * STRETCH + 3]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + PANEL);
    s11.intoArray(c, c0 + PANEL + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c2 + PANEL);
    s31.intoArray(c, c2 + PANEL + LANES);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANES);
    s50.intoArray(c, c4 + PANEL);
    s51.intoArray(c, c4 + PANEL + LANES);
  }

  private static void addFourRows(
      int end, float[] a, int aAt, float[] b, int shift, float[] c, int c0, int c2) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c2 + PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c2 + PANEL + LANES);
    int bits = lowBits;
    FloatVector v;
    for (int i = aAt; i < end; i += 4) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(i & bits, LIMIT);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 1]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH + 1]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH + 1]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH + 1]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(i & bits, LIMIT - 1);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 2 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 2 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 2]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH + 2]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH + 2]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH + 2]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(i & bits, LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 3 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + i * PANEL + 3 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[i + 3]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[i + STRETCH + 3]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[i + 2 * STRETCH + 3]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[i + 3 * STRETCH + 3]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + PANEL);
    s11.intoArray(c, c0 + PANEL + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c2 + PANEL);
    s31.intoArray(c, c2 + PANEL + LANES);
  }

  private static void addSixColumns(
      int end, float[] a, int aAt, float[] b, int shift, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, c, c0 + 4 * PANEL);
    FloatVector s41 = FloatVector.fromArray(SPECIES, c, c0 + 4 * PANEL + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, c, c0 + 5 * PANEL);
    FloatVector s51 = FloatVector.fromArray(SPECIES, c, c0 + 5 * PANEL + LANES);
    int bits = lowBits;
    FloatVector v;
    for (int s = aAt; s < end; s += 4 * PANEL) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + s + LANES);
      v = FloatVector.broadcast(SPECIES, a[s]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & bits, LIMIT);
      v = FloatVector.broadcast(SPECIES, a[s + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & bits, LIMIT - 1);
      v = FloatVector.broadcast(SPECIES, a[s + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(s & bits, LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & bits, LIMIT - 3);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & bits, LIMIT - 4);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(s & bits, LIMIT - 5);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & bits, LIMIT - 6);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & bits, LIMIT - 7);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      Objects.checkIndex(s & bits, LIMIT - 8);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      Objects.checkIndex(s & bits, LIMIT - 9);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      Objects.checkIndex(s & bits, LIMIT - 10);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + PANEL);
    s11.intoArray(c, c0 + PANEL + LANES);
    s20.intoArray(c, c0 + 2 * PANEL);
    s21.intoArray(c, c0 + 2 * PANEL + LANES);
    s30.intoArray(c, c0 + 3 * PANEL);
    s31.intoArray(c, c0 + 3 * PANEL + LANES);
    s40.intoArray(c, c0 + 4 * PANEL);
    s41.intoArray(c, c0 + 4 * PANEL + LANES);
    s50.intoArray(c, c0 + 5 * PANEL);
    s51.intoArray(c, c0 + 5 * PANEL + LANES);
  }

  private static void addFourColumns(
      int end, float[] a, int aAt, float[] b, int shift, float[] c, int c0) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c0 + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c0 + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c0 + 2 * PANEL + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c0 + 3 * PANEL + LANES);
    int bits = lowBits;
    FloatVector v;
    for (int s = aAt; s < end; s += 4 * PANEL) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, shift + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, shift + s + LANES);
      v = FloatVector.broadcast(SPECIES, a[s]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + 1]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + 2]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(s & bits, LIMIT);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 1]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 2]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + PANEL + 3]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(s & bits, LIMIT - 1);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 2 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 1]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 2]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + 2 * PANEL + 3]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
      Objects.checkIndex(s & bits, LIMIT - 2);
      b0 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, shift + s + 3 * PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL]);
      s00 = FUSED ? v.fma(b0, s00) : v.mul(b0).add(s00);
      s01 = FUSED ? v.fma(b1, s01) : v.mul(b1).add(s01);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 1]);
      s10 = FUSED ? v.fma(b0, s10) : v.mul(b0).add(s10);
      s11 = FUSED ? v.fma(b1, s11) : v.mul(b1).add(s11);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 2]);
      s20 = FUSED ? v.fma(b0, s20) : v.mul(b0).add(s20);
      s21 = FUSED ? v.fma(b1, s21) : v.mul(b1).add(s21);
      v = FloatVector.broadcast(SPECIES, a[s + 3 * PANEL + 3]);
      s30 = FUSED ? v.fma(b0, s30) : v.mul(b0).add(s30);
      s31 = FUSED ? v.fma(b1, s31) : v.mul(b1).add(s31);
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c0 + PANEL);
    s11.intoArray(c, c0 + PANEL + LANES);
    s20.intoArray(c, c0 + 2 * PANEL);
    s21.intoArray(c, c0 + 2 * PANEL + LANES);
    s30.intoArray(c, c0 + 3 * PANEL);
    s31.intoArray(c, c0 + 3 * PANEL + LANES);
  }
}
