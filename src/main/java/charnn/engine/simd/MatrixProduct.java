package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;
import static charnn.engine.simd.Simd.multiplyAdd;

import java.util.Arrays;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix products of matrices in panels, in register tiles: {@link TallTiles}, or {@link LowTiles}
 * where the processor has only 16 vector registers (vectors of 32 bytes or less).
 *
 * <p>A matrix of some groups of {@link Simd#GROUP} rows lies in panels of {@link Simd#PANEL}
 * columns: in a panel, the rows of a group one below the other. Groups and panels may lie anywhere.
 *
 * <p>Ranges are checked once in the methods that are called from outside; the tiles rely on them.
 */
final class MatrixProduct {
  static final boolean TALL = LANES >= 16;

  /** The stretch of a single group, after which nobody reads a panel's rows again. */
  private static final int LONE_STRETCH = 512;

  /**
   * Longer sums are made in stretches: so many rows of a wide panel stay in the first cache while
   * all tiles use them. Narrow ones gain more from longer loops. A multiple of every PANEL.
   */
  static final int STRETCH = TALL ? 128 : LONE_STRETCH;

  /** Where the rows of a group begin in a panel. */
  private static final int[] PANEL_ROWS = new int[GROUP];

  private static final float[] ZEROS = floats(GROUP * PANEL);

  static {
    Arrays.setAll(PANEL_ROWS, r -> r * PANEL);
  }

  private MatrixProduct() {}

  /**
   * C += A B: c[r][j] += sum over k of a[r][k] b[k][j].
   *
   * @param groups of rows of A and C
   * @param inner panels of A; K = inner PANEL
   * @param a row r of panel p of group g from aAt + g aGroup + p aPanel + r PANEL on
   * @param b packed: panel p from bAt + p K PANEL on, in it row k from k PANEL on
   * @param panels of B and C
   * @param c row r of panel p of group g from cAt + g cGroup + p cPanel + r PANEL on; added to
   */
  static void add(
      int groups,
      int inner,
      float[] a,
      int aAt,
      int aGroup,
      int aPanel,
      float[] b,
      int bAt,
      int panels,
      float[] c,
      int cAt,
      int cGroup,
      int cPanel) {
    add(groups, inner, a, aAt, aGroup, aPanel, b, bAt, panels, null, 0, 0, c, cAt, cGroup, cPanel);
  }

  /**
   * C = D + A B: c[r][j] = d[r][j] + sum over k of a[r][k] b[k][j]. The parameters are those of the
   * product that has no D, and:
   *
   * @param d row r of group g is its row dFirst + g d.group + r, from dAt on, all panels in one
   *     piece; null: C as it was, to which the product is added then
   * @param c overwritten if there is a D
   */
  static void add(
      int groups,
      int inner,
      float[] a,
      int aAt,
      int aGroup,
      int aPanel,
      float[] b,
      int bAt,
      int panels,
      Rows d,
      int dFirst,
      int dAt,
      float[] c,
      int cAt,
      int cGroup,
      int cPanel) {
    if (groups == 0 || panels == 0) {
      return;
    }
    int k = inner * PANEL;
    check(a, aAt, inner == 0 ? 0 : (groups - 1) * aGroup + (inner - 1) * aPanel + GROUP * PANEL);
    check(b, bAt, panels * k * PANEL);
    check(c, cAt, (groups - 1) * cGroup + (panels - 1) * cPanel + GROUP * PANEL);
    for (int row = 0; d != null && row < groups * GROUP; row++) {
      check(d.values(), dAt + d.start(dFirst, row), panels * PANEL);
    }
    if (d != null && (!TALL || inner == 0)) {
      copy(groups, panels, d, dFirst, dAt, c, cAt, cGroup, cPanel);
    }
    int block = TALL ? groups : LowTiles.MAX_GROUPS;
    int stretch = (groups == 1 ? LONE_STRETCH : STRETCH) / PANEL;
    for (int first = 0; first < groups; first += block) {
      int last = Math.min(groups, first + block);
      for (int q = 0; q < inner; q += stretch) {
        int n = Math.min(stretch, inner - q);
        int aFirst = aAt + first * aGroup + q * aPanel;
        float[] rows = TALL ? null : LowTiles.gather(n, last - first, a, aFirst, aGroup, aPanel);
        for (int p = 0; p < panels; p++) {
          int bTile = bAt + (p * k + q * PANEL) * PANEL;
          if (!TALL) {
            int cTile = cAt + first * cGroup + p * cPanel;
            LowTiles.addRows(n, last - first, rows, b, bTile, c, cTile, cGroup);
            continue;
          }
          for (int g = first; g < last; g++) {
            int aTile = aAt + g * aGroup + q * aPanel;
            int cTile = cAt + g * cGroup + p * cPanel;
            if (d != null && q == 0) {
              int dTile = dAt + p * PANEL;
              int dRow = dFirst + g * d.group();
              TallTiles.addRows(
                  n, a, aTile, aPanel, b, bTile, d.values(), dTile, d.starts(), dRow, c, cTile);
            } else {
              TallTiles.addRows(n, a, aTile, aPanel, b, bTile, c, cTile, PANEL_ROWS, 0, c, cTile);
            }
          }
        }
      }
    }
  }

  /** C = D. */
  private static void copy(
      int groups,
      int panels,
      Rows d,
      int dFirst,
      int dAt,
      float[] c,
      int cAt,
      int cGroup,
      int cPanel) {
    for (int row = 0; row < groups * GROUP; row++) {
      int from = dAt + d.start(dFirst, row);
      int to = cAt + row / GROUP * cGroup + row % GROUP * PANEL;
      Panels.spread(d.values(), from, panels, c, to, cPanel);
    }
  }

  /**
   * C = A^T B, or C += A^T B: c[j][i] (+)= sum over s of a[s][j] b[s][i].
   *
   * @param groups of rows of A and B
   * @param columns panels of A, whose columns are the rows of C
   * @param a panel q from aAt + q aPanel on, in it row s from s PANEL on
   * @param b panel p from bAt + p bPanel on, in it row s from s PANEL on
   * @param panels of B and C
   * @param adds whether C is added to; else it is overwritten
   * @param c in squares of PANEL x PANEL, row by row: that of A's panel q and B's panel p from cAt
   *     + (q panels + p) PANEL PANEL on
   */
  static void multiplyTransposed(
      int groups,
      int columns,
      float[] a,
      int aAt,
      int aPanel,
      float[] b,
      int bAt,
      int bPanel,
      int panels,
      boolean adds,
      float[] c,
      int cAt) {
    int samples = groups * GROUP;
    int length = columns * panels * PANEL * PANEL;
    check(c, cAt, length);
    if (!adds && (!TALL || groups == 0)) {
      Arrays.fill(c, cAt, cAt + length, 0);
    }
    if (groups == 0 || columns == 0 || panels == 0) {
      return;
    }
    check(a, aAt, (columns - 1) * aPanel + samples * PANEL);
    check(b, bAt, (panels - 1) * bPanel + samples * PANEL);
    int stretch = stretch(groups) * GROUP;
    for (int s = 0; s < samples; s += stretch) {
      int n = Math.min(stretch, samples - s);
      for (int p = 0; p < panels; p++) {
        int bTile = bAt + p * bPanel + s * PANEL;
        for (int j = 0; j < columns * PANEL; j += TALL ? GROUP : PANEL) {
          int aTile = aAt + j / PANEL * aPanel + s * PANEL + j % PANEL;
          int cTile = cAt + ((j / PANEL * panels + p) * PANEL + j % PANEL) * PANEL;
          if (!TALL) {
            LowTiles.addColumns(n, a, aTile, b, bTile, c, cTile);
          } else if (!adds && s == 0) {
            TallTiles.addColumns(n, a, aTile, b, bTile, ZEROS, ORIGIN, c, cTile);
          } else {
            TallTiles.addColumns(n, a, aTile, b, bTile, c, cTile, c, cTile);
          }
        }
      }
    }
  }

  /** How many groups the equal stretches have that some groups are cut into. */
  private static int stretch(int groups) {
    int most = STRETCH / GROUP;
    int stretches = (groups + most - 1) / most;
    return (groups + stretches - 1) / stretches;
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
}
