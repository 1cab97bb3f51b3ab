package charnn.engine.simd;

import static charnn.engine.simd.Simd.FUSED;
import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.floats;
import static charnn.engine.simd.Simd.multiplyAdd;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles for processors of 16 vector registers: 4 rows by one panel, 8 accumulators. (6
 * rows would be faster, but then the compiler puts some of the 12 accumulators into memory.)
 *
 * <p>Panels are narrow here, so that a loop over one of them would be too short to be worth its
 * beginning. Rows are therefore gathered first: copied to where all of a row lies side by side. A
 * copy serves all panels of B.
 */
final class LowTiles {
  /** Groups of rows that can be gathered at once; they fit the first cache. */
  static final int MAX_GROUPS = 4;

  private static final int STRETCH = MatrixProduct.STRETCH;

  /**
   * Turns of the inner loops that are written out, as in {@link TallTiles}. Only one where a fused
   * product takes two operations: with two, the methods would be too large for the compiler. So the
   * second turn calls the fused product directly.
   */
  private static final int TURNS = FUSED ? 2 : 1;

  private static final ThreadLocal<float[]> GATHERED =
      ThreadLocal.withInitial(() -> floats(MAX_GROUPS * GROUP * STRETCH));

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
    for (int row = 0; row < groups * GROUP; row++) {
      int from = aAt + row / GROUP * aGroup + row % GROUP * PANEL;
      int to = ORIGIN + row * STRETCH;
      for (int q = 0; q < inner; q++) {
        int source = from + q * aPanel;
        int target = to + q * PANEL;
        FloatVector.fromArray(SPECIES, a, source).intoArray(gathered, target);
        FloatVector.fromArray(SPECIES, a, source + LANES).intoArray(gathered, target + LANES);
      }
    }
    return gathered;
  }

  /**
   * As {@link TallTiles#addRows} with C in place of D, for a group of those that were gathered.
   *
   * @param gathered by {@link #gather}
   */
  static void addRows(
      int inner, float[] gathered, int group, float[] b, int bAt, float[] c, int cAt) {
    int k = inner * PANEL;
    int a = ORIGIN + group * GROUP * STRETCH;
    addFourRows(k, gathered, a, b, bAt, c, cAt);
    addFourRows(k, gathered, a + 4 * STRETCH, b, bAt, c, cAt + 4 * PANEL);
  }

  private static void addFourRows(
      int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, cAt + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, cAt + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL + LANES);
    for (int i = 0; i < k; i += TURNS) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[aAt + i]);
      s00 = multiplyAdd(v, b0, s00);
      s01 = multiplyAdd(v, b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aAt + i + STRETCH]);
      s10 = multiplyAdd(v, b0, s10);
      s11 = multiplyAdd(v, b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aAt + i + 2 * STRETCH]);
      s20 = multiplyAdd(v, b0, s20);
      s21 = multiplyAdd(v, b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aAt + i + 3 * STRETCH]);
      s30 = multiplyAdd(v, b0, s30);
      s31 = multiplyAdd(v, b1, s31);
      if (TURNS > 1) {
        b0 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + PANEL);
        b1 = FloatVector.fromArray(SPECIES, b, bAt + i * PANEL + PANEL + LANES);
        v = FloatVector.broadcast(SPECIES, a[aAt + i + 1]);
        s00 = v.fma(b0, s00);
        s01 = v.fma(b1, s01);
        v = FloatVector.broadcast(SPECIES, a[aAt + i + STRETCH + 1]);
        s10 = v.fma(b0, s10);
        s11 = v.fma(b1, s11);
        v = FloatVector.broadcast(SPECIES, a[aAt + i + 2 * STRETCH + 1]);
        s20 = v.fma(b0, s20);
        s21 = v.fma(b1, s21);
        v = FloatVector.broadcast(SPECIES, a[aAt + i + 3 * STRETCH + 1]);
        s30 = v.fma(b0, s30);
        s31 = v.fma(b1, s31);
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
  }

  /** As {@link TallTiles#addColumns} with C in place of D. */
  static void addColumns(int samples, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    addFourColumns(samples, a, aAt, b, bAt, c, cAt);
    addFourColumns(samples, a, aAt + 4, b, bAt, c, cAt + 4 * PANEL);
  }

  private static void addFourColumns(
      int samples, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, cAt + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, cAt + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL + LANES);
    for (int s = 0; s < samples * PANEL; s += TURNS * PANEL) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + s + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[aAt + s]);
      s00 = multiplyAdd(v, b0, s00);
      s01 = multiplyAdd(v, b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 1]);
      s10 = multiplyAdd(v, b0, s10);
      s11 = multiplyAdd(v, b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 2]);
      s20 = multiplyAdd(v, b0, s20);
      s21 = multiplyAdd(v, b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aAt + s + 3]);
      s30 = multiplyAdd(v, b0, s30);
      s31 = multiplyAdd(v, b1, s31);
      if (TURNS > 1) {
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
  }
}
