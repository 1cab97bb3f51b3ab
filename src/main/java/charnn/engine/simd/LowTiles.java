package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.multiplyAdd;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles for processors of 16 vector registers: 4 rows by one panel, 8 accumulators. (6
 * rows would be faster, but then the compiler puts some of the 12 accumulators into memory.)
 *
 * <p>Such a tile makes too few products in a step to hide what it costs to find the elements of A
 * and to check that they are in its array. So A is gathered first: copied to where its elements are
 * a constant distance apart, a power of two, with which the compiler checks them all before the
 * loop. A copy serves all panels of B.
 */
final class LowTiles {
  /** Groups of rows, or of columns, that can be gathered at once; they fit the first cache. */
  static final int MAX_GROUPS = 4;

  private static final int STRETCH = MatrixProduct.STRETCH;

  private static final ThreadLocal<float[]> GATHERED =
      ThreadLocal.withInitial(() -> new float[MAX_GROUPS * GROUP * STRETCH]);

  private LowTiles() {}

  /**
   * Copies n elements of each row of some groups.
   *
   * @param n at most {@link MatrixProduct#STRETCH}
   * @param groups at most {@link #MAX_GROUPS}
   * @param a as for {@link MatrixProduct#add}
   * @return for {@link #addRows}, until this thread gathers again
   */
  static float[] gatherRows(
      int n, int groups, float[] a, int aAt, int aGroup, int aRow, int aPanel) {
    float[] gathered = GATHERED.get();
    int whole = n / PANEL * PANEL;
    for (int row = 0; row < groups * GROUP; row++) {
      int from = aAt + row / GROUP * aGroup + row % GROUP * aRow;
      int to = row * STRETCH;
      for (int i = 0; i < whole; i += PANEL) {
        copy(PANEL, a, from + i / PANEL * aPanel, gathered, to + i);
      }
      if (whole < n) {
        System.arraycopy(a, from + whole / PANEL * aPanel, gathered, to + whole, n - whole);
      }
    }
    return gathered;
  }

  /**
   * Copies groups of {@link Simd#GROUP} columns of n rows.
   *
   * @param n at most {@link MatrixProduct#STRETCH}
   * @param groups at most {@link #MAX_GROUPS}
   * @param a as for {@link MatrixProduct#addTransposed}
   * @return for {@link #addColumns}, until this thread gathers again
   */
  static float[] gatherColumns(int n, int groups, float[] a, int aAt, int aRow) {
    float[] gathered = GATHERED.get();
    for (int g = 0; g < groups; g++) {
      for (int i = 0; i < n; i++) {
        copy(GROUP, a, aAt + g * GROUP + i * aRow, gathered, (g * STRETCH + i) * GROUP);
      }
    }
    return gathered;
  }

  /** Copies n floats, a multiple of the vectors' length. */
  private static void copy(int n, float[] from, int fromAt, float[] to, int toAt) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector.fromArray(SPECIES, from, fromAt + i).intoArray(to, toAt + i);
    }
  }

  /**
   * c[r][j] += sum over i of a[r][i] b[i][j] for the rows r of some groups and one panel of columns
   * j.
   *
   * @param gathered by {@link #gatherRows}
   * @param b row i from bAt + i PANEL on
   * @param c row r of group g from cAt + g cGroup + r cRow on
   */
  static void addRows(
      int n,
      int groups,
      float[] gathered,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cGroup,
      int cRow) {
    for (int g = 0; g < groups; g++) {
      int a = g * GROUP * STRETCH;
      int to = cAt + g * cGroup;
      tileOfRows(n, gathered, a, b, bAt, c, to, cRow);
      tileOfRows(n, gathered, a + 4 * STRETCH, b, bAt, c, to + 4 * cRow, cRow);
    }
  }

  /**
   * c[j][i] += sum over s of a[s][j] b[s][i] for the columns j of some groups and one panel of
   * columns i.
   *
   * @param gathered by {@link #gatherColumns}
   * @param b row s from bAt + s PANEL on
   * @param c row j from cAt + j cRow on
   */
  static void addColumns(
      int n, int groups, float[] gathered, float[] b, int bAt, float[] c, int cAt, int cRow) {
    for (int g = 0; g < groups; g++) {
      int a = g * GROUP * STRETCH;
      int to = cAt + g * GROUP * cRow;
      tileOfColumns(n, gathered, a, b, bAt, c, to, cRow);
      tileOfColumns(n, gathered, a + 4, b, bAt, c, to + 4 * cRow, cRow);
    }
  }

  /** Element i of row r of A is at aAt + r STRETCH + i. */
  private static void tileOfRows(
      int n, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cRow) {
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
    for (int i = 0; i < n; i++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + i]);
      s00 = multiplyAdd(x, b0, s00);
      s01 = multiplyAdd(x, b1, s01);
      x = FloatVector.broadcast(SPECIES, a[aAt + STRETCH + i]);
      s10 = multiplyAdd(x, b0, s10);
      s11 = multiplyAdd(x, b1, s11);
      x = FloatVector.broadcast(SPECIES, a[aAt + 2 * STRETCH + i]);
      s20 = multiplyAdd(x, b0, s20);
      s21 = multiplyAdd(x, b1, s21);
      x = FloatVector.broadcast(SPECIES, a[aAt + 3 * STRETCH + i]);
      s30 = multiplyAdd(x, b0, s30);
      s31 = multiplyAdd(x, b1, s31);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
  }

  /** Element i of row r of A is at aAt + i GROUP + r. */
  private static void tileOfColumns(
      int n, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cRow) {
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
    for (int i = 0; i < n; i++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + i * GROUP]);
      s00 = multiplyAdd(x, b0, s00);
      s01 = multiplyAdd(x, b1, s01);
      x = FloatVector.broadcast(SPECIES, a[aAt + i * GROUP + 1]);
      s10 = multiplyAdd(x, b0, s10);
      s11 = multiplyAdd(x, b1, s11);
      x = FloatVector.broadcast(SPECIES, a[aAt + i * GROUP + 2]);
      s20 = multiplyAdd(x, b0, s20);
      s21 = multiplyAdd(x, b1, s21);
      x = FloatVector.broadcast(SPECIES, a[aAt + i * GROUP + 3]);
      s30 = multiplyAdd(x, b0, s30);
      s31 = multiplyAdd(x, b1, s31);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
  }
}
