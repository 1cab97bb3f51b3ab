package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles for processors of 32 vector registers: 8 rows by one panel, 16 accumulators.
 *
 * <p>In the innermost loops, every element of A is a constant distance from the loop's own index:
 * then the compiler checks them all before the loop. Two turns are written out, and share what else
 * a turn does. Where two threads of execution share a core, and on many hosts they do unseen, what
 * else a loop does is what slows it down.
 *
 * <p>The fused product is called directly, not through {@link Simd#multiplyAdd}: beyond a certain
 * size of a method, the compiler inlines what belongs to the Vector API and nothing else. So many
 * operations in one method also need the launcher's {@code -XX:PerMethodTrapLimit}; without it,
 * every vector of a loop becomes an object in some starts.
 */
final class TallTiles {
  private TallTiles() {}

  /**
   * c[r][j] = d[r][j] + sum over i of a[r][i] b[i][j] for the 8 rows r of a group and one panel of
   * columns j.
   *
   * @param inner panels that the sum runs over
   * @param a row r of panel q from aAt + q aPanel + r PANEL on
   * @param b row i from bAt + i PANEL on
   * @param d row r from dAt + dRows[dFirst + r] on
   * @param c row r from cAt + r PANEL on; may be D
   */
  static void addRows(
      int inner,
      float[] a,
      int aAt,
      int aPanel,
      float[] b,
      int bAt,
      float[] d,
      int dAt,
      int[] dRows,
      int dFirst,
      float[] c,
      int cAt) {
    int row = dAt + dRows[dFirst];
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 1];
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 2];
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s21 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 3];
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s31 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 4];
    FloatVector s40 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s41 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 5];
    FloatVector s50 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s51 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 6];
    FloatVector s60 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s61 = FloatVector.fromArray(SPECIES, d, row + LANES);
    row = dAt + dRows[dFirst + 7];
    FloatVector s70 = FloatVector.fromArray(SPECIES, d, row);
    FloatVector s71 = FloatVector.fromArray(SPECIES, d, row + LANES);
    for (int q = 0; q < inner; q++) {
      int x = aAt + q * aPanel;
      int y = bAt + q * PANEL * PANEL;
      for (int i = 0; i < PANEL; i += 2) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, y + i * PANEL);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, y + i * PANEL + LANES);
        FloatVector v = FloatVector.broadcast(SPECIES, a[x + i]);
        s00 = v.fma(b0, s00);
        s01 = v.fma(b1, s01);
        v = FloatVector.broadcast(SPECIES, a[x + i + PANEL]);
        s10 = v.fma(b0, s10);
        s11 = v.fma(b1, s11);
        v = FloatVector.broadcast(SPECIES, a[x + i + 2 * PANEL]);
        s20 = v.fma(b0, s20);
        s21 = v.fma(b1, s21);
        v = FloatVector.broadcast(SPECIES, a[x + i + 3 * PANEL]);
        s30 = v.fma(b0, s30);
        s31 = v.fma(b1, s31);
        v = FloatVector.broadcast(SPECIES, a[x + i + 4 * PANEL]);
        s40 = v.fma(b0, s40);
        s41 = v.fma(b1, s41);
        v = FloatVector.broadcast(SPECIES, a[x + i + 5 * PANEL]);
        s50 = v.fma(b0, s50);
        s51 = v.fma(b1, s51);
        v = FloatVector.broadcast(SPECIES, a[x + i + 6 * PANEL]);
        s60 = v.fma(b0, s60);
        s61 = v.fma(b1, s61);
        v = FloatVector.broadcast(SPECIES, a[x + i + 7 * PANEL]);
        s70 = v.fma(b0, s70);
        s71 = v.fma(b1, s71);
        b0 = FloatVector.fromArray(SPECIES, b, y + i * PANEL + PANEL);
        b1 = FloatVector.fromArray(SPECIES, b, y + i * PANEL + PANEL + LANES);
        v = FloatVector.broadcast(SPECIES, a[x + i + 1]);
        s00 = v.fma(b0, s00);
        s01 = v.fma(b1, s01);
        v = FloatVector.broadcast(SPECIES, a[x + i + PANEL + 1]);
        s10 = v.fma(b0, s10);
        s11 = v.fma(b1, s11);
        v = FloatVector.broadcast(SPECIES, a[x + i + 2 * PANEL + 1]);
        s20 = v.fma(b0, s20);
        s21 = v.fma(b1, s21);
        v = FloatVector.broadcast(SPECIES, a[x + i + 3 * PANEL + 1]);
        s30 = v.fma(b0, s30);
        s31 = v.fma(b1, s31);
        v = FloatVector.broadcast(SPECIES, a[x + i + 4 * PANEL + 1]);
        s40 = v.fma(b0, s40);
        s41 = v.fma(b1, s41);
        v = FloatVector.broadcast(SPECIES, a[x + i + 5 * PANEL + 1]);
        s50 = v.fma(b0, s50);
        s51 = v.fma(b1, s51);
        v = FloatVector.broadcast(SPECIES, a[x + i + 6 * PANEL + 1]);
        s60 = v.fma(b0, s60);
        s61 = v.fma(b1, s61);
        v = FloatVector.broadcast(SPECIES, a[x + i + 7 * PANEL + 1]);
        s70 = v.fma(b0, s70);
        s71 = v.fma(b1, s71);
      }
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s10.intoArray(c, cAt + PANEL);
    s11.intoArray(c, cAt + PANEL + LANES);
    s20.intoArray(c, cAt + 2 * PANEL);
    s21.intoArray(c, cAt + 2 * PANEL + LANES);
    s30.intoArray(c, cAt + 3 * PANEL);
    s31.intoArray(c, cAt + 3 * PANEL + LANES);
    s40.intoArray(c, cAt + 4 * PANEL);
    s41.intoArray(c, cAt + 4 * PANEL + LANES);
    s50.intoArray(c, cAt + 5 * PANEL);
    s51.intoArray(c, cAt + 5 * PANEL + LANES);
    s60.intoArray(c, cAt + 6 * PANEL);
    s61.intoArray(c, cAt + 6 * PANEL + LANES);
    s70.intoArray(c, cAt + 7 * PANEL);
    s71.intoArray(c, cAt + 7 * PANEL + LANES);
  }

  /**
   * c[j][i] = d[j][i] + sum over s of a[s][j] b[s][i] for 8 columns j of A and one panel of columns
   * i.
   *
   * @param samples an even number
   * @param a row s from aAt + s PANEL on
   * @param b row s from bAt + s PANEL on
   * @param d row j from dAt + j PANEL on
   * @param c row j from cAt + j PANEL on; may be D
   */
  static void addColumns(
      int samples, float[] a, int aAt, float[] b, int bAt, float[] d, int dAt, float[] c, int cAt) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, dAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, dAt + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, dAt + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, dAt + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(SPECIES, d, dAt + 2 * PANEL + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, dAt + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, d, dAt + 3 * PANEL + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, d, dAt + 4 * PANEL);
    FloatVector s41 = FloatVector.fromArray(SPECIES, d, dAt + 4 * PANEL + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, d, dAt + 5 * PANEL);
    FloatVector s51 = FloatVector.fromArray(SPECIES, d, dAt + 5 * PANEL + LANES);
    FloatVector s60 = FloatVector.fromArray(SPECIES, d, dAt + 6 * PANEL);
    FloatVector s61 = FloatVector.fromArray(SPECIES, d, dAt + 6 * PANEL + LANES);
    FloatVector s70 = FloatVector.fromArray(SPECIES, d, dAt + 7 * PANEL);
    FloatVector s71 = FloatVector.fromArray(SPECIES, d, dAt + 7 * PANEL + LANES);
    for (int s = 0; s < samples * PANEL; s += 2 * PANEL) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + s + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[aAt + s]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 6]);
      s60 = v.fma(b0, s60);
      s61 = v.fma(b1, s61);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 7]);
      s70 = v.fma(b0, s70);
      s71 = v.fma(b1, s71);
      b0 = FloatVector.fromArray(SPECIES, b, bAt + s + PANEL);
      b1 = FloatVector.fromArray(SPECIES, b, bAt + s + PANEL + LANES);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL]);
      s00 = v.fma(b0, s00);
      s01 = v.fma(b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 1]);
      s10 = v.fma(b0, s10);
      s11 = v.fma(b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 2]);
      s20 = v.fma(b0, s20);
      s21 = v.fma(b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 3]);
      s30 = v.fma(b0, s30);
      s31 = v.fma(b1, s31);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 4]);
      s40 = v.fma(b0, s40);
      s41 = v.fma(b1, s41);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 5]);
      s50 = v.fma(b0, s50);
      s51 = v.fma(b1, s51);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 6]);
      s60 = v.fma(b0, s60);
      s61 = v.fma(b1, s61);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + PANEL + 7]);
      s70 = v.fma(b0, s70);
      s71 = v.fma(b1, s71);
    }
    s00.intoArray(c, cAt);
    s01.intoArray(c, cAt + LANES);
    s10.intoArray(c, cAt + PANEL);
    s11.intoArray(c, cAt + PANEL + LANES);
    s20.intoArray(c, cAt + 2 * PANEL);
    s21.intoArray(c, cAt + 2 * PANEL + LANES);
    s30.intoArray(c, cAt + 3 * PANEL);
    s31.intoArray(c, cAt + 3 * PANEL + LANES);
    s40.intoArray(c, cAt + 4 * PANEL);
    s41.intoArray(c, cAt + 4 * PANEL + LANES);
    s50.intoArray(c, cAt + 5 * PANEL);
    s51.intoArray(c, cAt + 5 * PANEL + LANES);
    s60.intoArray(c, cAt + 6 * PANEL);
    s61.intoArray(c, cAt + 6 * PANEL + LANES);
    s70.intoArray(c, cAt + 7 * PANEL);
    s71.intoArray(c, cAt + 7 * PANEL + LANES);
  }
}
