package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.multiplyAdd;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix products in register tiles. A tile is 8 rows by one panel: 16 accumulators, each in a
 * vector register, which a processor of 32 such registers holds. Where it has only 16 (vectors of
 * 32 bytes or less), {@link LowTiles} are used.
 *
 * <p>Ranges are checked once in the methods that are called from outside; the tiles rely on them.
 */
final class MatrixProduct {
  private static final boolean TALL = LANES >= 16;

  /**
   * Longer sums are made in stretches: so many rows of a panel stay in the first cache while all
   * tiles use them. A multiple of every PANEL.
   */
  static final int STRETCH = 128;

  private static final int PANEL_SHIFT = Integer.numberOfTrailingZeros(PANEL);

  private MatrixProduct() {}

  /**
   * C += A B for some groups of rows: c[r][j] += sum over k of a[r][k] b[k][j].
   *
   * @param groups how many groups of {@link Simd#GROUP} rows, each of which lies at its own place
   * @param k columns of A and rows of B
   * @param a row r of panel p of group g from aAt + g aGroup + p aPanel + r aRow on
   * @param b packed: panel p from bAt + p k PANEL on, in it row i from i PANEL on
   * @param panels of B and C
   * @param c row r of panel p of group g from cAt + g cGroup + p cPanel + r cRow on; added to
   */
  static void add(
      int groups,
      int k,
      float[] a,
      int aAt,
      int aGroup,
      int aRow,
      int aPanel,
      float[] b,
      int bAt,
      int panels,
      float[] c,
      int cAt,
      int cGroup,
      int cRow,
      int cPanel) {
    if (groups == 0 || k == 0 || panels == 0) {
      return;
    }
    int lastPanel = (k - 1) / PANEL;
    check(
        a,
        aAt,
        (groups - 1) * aGroup + (GROUP - 1) * aRow + lastPanel * aPanel + k - lastPanel * PANEL);
    check(b, bAt, panels * k * PANEL);
    check(c, cAt, (groups - 1) * cGroup + (GROUP - 1) * cRow + (panels - 1) * cPanel + PANEL);
    int block = TALL ? groups : LowTiles.MAX_GROUPS;
    for (int first = 0; first < groups; first += block) {
      int count = Math.min(block, groups - first);
      int cBlock = cAt + first * cGroup;
      for (int i = 0; i < k; i += STRETCH) {
        int n = Math.min(STRETCH, k - i);
        int aBlock = aAt + first * aGroup + i / PANEL * aPanel;
        float[] gathered =
            TALL ? null : LowTiles.gatherRows(n, count, a, aBlock, aGroup, aRow, aPanel);
        for (int p = 0; p < panels; p++) {
          int bTile = bAt + (p * k + i) * PANEL;
          int cTile = cBlock + p * cPanel;
          if (TALL) {
            for (int g = 0; g < count; g++) {
              tile8(
                  n,
                  a,
                  aBlock + g * aGroup,
                  aRow,
                  1,
                  aPanel,
                  b,
                  bTile,
                  c,
                  cTile + g * cGroup,
                  cRow);
            }
          } else {
            LowTiles.addRows(n, count, gathered, b, bTile, c, cTile, cGroup, cRow);
          }
        }
      }
    }
  }

  /**
   * C += A^T B for columns of A in multiples of 8: c[j][i] += sum over s of a[s][j] b[s][i].
   *
   * @param samples rows of A and B
   * @param a row s from aAt + s aRow on
   * @param columns of A, rows of C; a multiple of 8
   * @param b packed: panel p from bAt + p bPanel on, in it row s from s PANEL on
   * @param panels of B and C
   * @param c row j from cAt + j cRow on; added to
   */
  static void addTransposed(
      int samples,
      float[] a,
      int aAt,
      int aRow,
      int columns,
      float[] b,
      int bAt,
      int bPanel,
      int panels,
      float[] c,
      int cAt,
      int cRow) {
    if (samples == 0 || columns == 0) {
      return;
    }
    check(a, aAt, (samples - 1) * aRow + columns);
    check(b, bAt, (panels - 1) * bPanel + samples * PANEL);
    check(c, cAt, (columns - 1) * cRow + panels * PANEL);
    int stretch = stretch(samples);
    int block = TALL ? columns : LowTiles.MAX_GROUPS * GROUP;
    for (int first = 0; first < columns; first += block) {
      int count = Math.min(block, columns - first);
      int cBlock = cAt + first * cRow;
      for (int s = 0; s < samples; s += stretch) {
        int n = Math.min(stretch, samples - s);
        int aBlock = aAt + s * aRow + first;
        float[] gathered = TALL ? null : LowTiles.gatherColumns(n, count / GROUP, a, aBlock, aRow);
        for (int p = 0; p < panels; p++) {
          int bTile = bAt + p * bPanel + s * PANEL;
          int cTile = cBlock + p * PANEL;
          if (TALL) {
            for (int j = 0; j < count; j += GROUP) {
              tile8(n, a, aBlock + j, 1, aRow, PANEL * aRow, b, bTile, c, cTile + j * cRow, cRow);
            }
          } else {
            LowTiles.addColumns(n, count / GROUP, gathered, b, bTile, c, cTile, cRow);
          }
        }
      }
    }
  }

  /** The length of the equal stretches that some rows are cut into. */
  private static int stretch(int rows) {
    int stretches = (rows + STRETCH - 1) / STRETCH;
    return (rows + stretches - 1) / stretches;
  }

  /**
   * c += a B for one row: c[j] += sum over k of a[k] b[k][j]. Bound by the memory that B comes
   * from.
   *
   * @param k length of a and rows of B
   * @param b packed, as in {@link #add}
   */
  static void addVector(
      int k, float[] a, int aAt, float[] b, int bAt, int panels, float[] c, int cAt) {
    check(a, aAt, k);
    check(b, bAt, panels * k * PANEL);
    check(c, cAt, panels * PANEL);
    int p = 0;
    for (; p + 3 < panels; p += 4) {
      row4(k, a, aAt, b, bAt + p * k * PANEL, k * PANEL, c, cAt + p * PANEL);
    }
    for (; p < panels; p++) {
      row1(k, a, aAt, b, bAt + p * k * PANEL, c, cAt + p * PANEL);
    }
  }

  /** One row by four panels, which lie bPanel apart. */
  private static void row4(
      int k, float[] a, int aAt, float[] b, int bAt, int bPanel, float[] c, int cAt) {
    int b1 = bAt + bPanel;
    int b2 = b1 + bPanel;
    int b3 = b2 + bPanel;
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, c, cAt + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, c, cAt + 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, c, cAt + 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, c, cAt + 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, c, cAt + 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, c, cAt + 7 * LANES);
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + i]);
      int at = i * PANEL;
      s0 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bAt + at), s0);
      s1 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bAt + at + LANES), s1);
      s2 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b1 + at), s2);
      s3 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b1 + at + LANES), s3);
      s4 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b2 + at), s4);
      s5 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b2 + at + LANES), s5);
      s6 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b3 + at), s6);
      s7 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, b3 + at + LANES), s7);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + LANES);
    s2.intoArray(c, cAt + 2 * LANES);
    s3.intoArray(c, cAt + 3 * LANES);
    s4.intoArray(c, cAt + 4 * LANES);
    s5.intoArray(c, cAt + 5 * LANES);
    s6.intoArray(c, cAt + 6 * LANES);
    s7.intoArray(c, cAt + 7 * LANES);
  }

  /** One row by one panel. */
  private static void row1(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s1 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    for (int i = 0; i < k; i++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + i]);
      s0 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bAt + i * PANEL), s0);
      s1 = multiplyAdd(x, FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + LANES), s1);
    }
    s0.intoArray(c, cAt);
    s1.intoArray(c, cAt + LANES);
  }

  private static void check(float[] array, int at, int length) {
    Objects.checkFromIndexSize(at, length, array.length);
  }

  /**
   * One tile: c[r][j] += sum over i of a[r][i] b[i][j] for 8 rows r and one panel of columns j.
   *
   * @param a element i of row r at aAt + r aRow + (i / PANEL) aPanel + (i % PANEL) aStep
   */
  private static void tile8(
      int k,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      int aPanel,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cRow) {
    int a1 = aAt + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int a4 = a3 + aRow;
    int a5 = a4 + aRow;
    int a6 = a5 + aRow;
    int a7 = a6 + aRow;
    int c1 = cAt + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    int c4 = c3 + cRow;
    int c5 = c4 + cRow;
    int c6 = c5 + cRow;
    int c7 = c6 + cRow;
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, c, c4);
    FloatVector s41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, c, c5);
    FloatVector s51 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
    FloatVector s60 = FloatVector.fromArray(SPECIES, c, c6);
    FloatVector s61 = FloatVector.fromArray(SPECIES, c, c6 + LANES);
    FloatVector s70 = FloatVector.fromArray(SPECIES, c, c7);
    FloatVector s71 = FloatVector.fromArray(SPECIES, c, c7 + LANES);
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + LANES);
      int step = (i >> PANEL_SHIFT) * aPanel + (i & PANEL - 1) * aStep;
      FloatVector x = FloatVector.broadcast(SPECIES, a[aAt + step]);
      s00 = multiplyAdd(x, b0, s00);
      s01 = multiplyAdd(x, b1, s01);
      x = FloatVector.broadcast(SPECIES, a[a1 + step]);
      s10 = multiplyAdd(x, b0, s10);
      s11 = multiplyAdd(x, b1, s11);
      x = FloatVector.broadcast(SPECIES, a[a2 + step]);
      s20 = multiplyAdd(x, b0, s20);
      s21 = multiplyAdd(x, b1, s21);
      x = FloatVector.broadcast(SPECIES, a[a3 + step]);
      s30 = multiplyAdd(x, b0, s30);
      s31 = multiplyAdd(x, b1, s31);
      x = FloatVector.broadcast(SPECIES, a[a4 + step]);
      s40 = multiplyAdd(x, b0, s40);
      s41 = multiplyAdd(x, b1, s41);
      x = FloatVector.broadcast(SPECIES, a[a5 + step]);
      s50 = multiplyAdd(x, b0, s50);
      s51 = multiplyAdd(x, b1, s51);
      x = FloatVector.broadcast(SPECIES, a[a6 + step]);
      s60 = multiplyAdd(x, b0, s60);
      s61 = multiplyAdd(x, b1, s61);
      x = FloatVector.broadcast(SPECIES, a[a7 + step]);
      s70 = multiplyAdd(x, b0, s70);
      s71 = multiplyAdd(x, b1, s71);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANES);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + LANES);
    s60.intoArray(c, c6);
    s61.intoArray(c, c6 + LANES);
    s70.intoArray(c, c7);
    s71.intoArray(c, c7 + LANES);
  }
}
