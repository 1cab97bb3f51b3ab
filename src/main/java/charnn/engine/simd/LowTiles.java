package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.multiplyAdd;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles for processors of 16 vector registers: 4 rows by one panel, 8 accumulators; loops
 * as those of {@link TallTiles}. (6 rows would be faster, but then the compiler puts some of the 12
 * accumulators into memory.)
 */
final class LowTiles {
  private LowTiles() {}

  /** As {@link TallTiles#addRows}. */
  static void addRows(
      int inner, float[] a, int aAt, int aPanel, float[] b, int bAt, float[] c, int cAt) {
    addFourRows(inner, a, aAt, aPanel, b, bAt, c, cAt);
    addFourRows(inner, a, aAt + 4 * PANEL, aPanel, b, bAt, c, cAt + 4 * PANEL);
  }

  private static void addFourRows(
      int inner, float[] a, int aAt, int aPanel, float[] b, int bAt, float[] c, int cAt) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, c, cAt);
    FloatVector s01 = FloatVector.fromArray(SPECIES, c, cAt + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, c, cAt + PANEL);
    FloatVector s11 = FloatVector.fromArray(SPECIES, c, cAt + PANEL + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL);
    FloatVector s21 = FloatVector.fromArray(SPECIES, c, cAt + 2 * PANEL + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL);
    FloatVector s31 = FloatVector.fromArray(SPECIES, c, cAt + 3 * PANEL + LANES);
    for (int q = 0; q < inner; q++) {
      int x = aAt + q * aPanel;
      int y = bAt + q * PANEL * PANEL;
      for (int i = 0; i < PANEL; i++) {
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, y + i * PANEL);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, y + i * PANEL + LANES);
        FloatVector v = FloatVector.broadcast(SPECIES, a[x + i]);
        s00 = multiplyAdd(v, b0, s00);
        s01 = multiplyAdd(v, b1, s01);
        v = FloatVector.broadcast(SPECIES, a[x + i + PANEL]);
        s10 = multiplyAdd(v, b0, s10);
        s11 = multiplyAdd(v, b1, s11);
        v = FloatVector.broadcast(SPECIES, a[x + i + 2 * PANEL]);
        s20 = multiplyAdd(v, b0, s20);
        s21 = multiplyAdd(v, b1, s21);
        v = FloatVector.broadcast(SPECIES, a[x + i + 3 * PANEL]);
        s30 = multiplyAdd(v, b0, s30);
        s31 = multiplyAdd(v, b1, s31);
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

  /** As {@link TallTiles#addColumns}. */
  static void addColumns(
      int samples, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cRow) {
    addFourColumns(samples, a, aAt, b, bAt, c, cAt, cRow);
    addFourColumns(samples, a, aAt + 4, b, bAt, c, cAt + 4 * cRow, cRow);
  }

  private static void addFourColumns(
      int samples, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cRow) {
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
    for (int s = 0; s < samples; s++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + s * PANEL + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, a[aAt + s * PANEL]);
      s00 = multiplyAdd(v, b0, s00);
      s01 = multiplyAdd(v, b1, s01);
      v = FloatVector.broadcast(SPECIES, a[aAt + s * PANEL + 1]);
      s10 = multiplyAdd(v, b0, s10);
      s11 = multiplyAdd(v, b1, s11);
      v = FloatVector.broadcast(SPECIES, a[aAt + s * PANEL + 2]);
      s20 = multiplyAdd(v, b0, s20);
      s21 = multiplyAdd(v, b1, s21);
      v = FloatVector.broadcast(SPECIES, a[aAt + s * PANEL + 3]);
      s30 = multiplyAdd(v, b0, s30);
      s31 = multiplyAdd(v, b1, s31);
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
