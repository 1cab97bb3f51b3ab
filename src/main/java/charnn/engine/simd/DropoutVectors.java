package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;

import charnn.engine.Dropout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Dropout} in vectors: the same units are dropped. */
final class DropoutVectors {
  private final int threshold;
  private final int kept; // the bits of the factor
  private final int[] units; // [Hp] unit * UNIT

  DropoutVectors(Dropout dropout, int hp) {
    threshold = dropout.threshold();
    kept = Float.floatToRawIntBits(dropout.kept());
    units = new int[hp];
    for (int u = 0; u < hp; u++) {
      units[u] = u * Dropout.UNIT;
    }
  }

  /**
   * Drops units of one row: a panel of them.
   *
   * @param key of the layer, batch row and time
   * @param panel which units
   * @param hidden [PANEL] from hiddenAt; units of the padding are zero
   * @param factors overwritten [PANEL] from at; those of the padding mean nothing
   * @param dropped overwritten [PANEL] from at: hidden times factors
   */
  void drop(
      int key, int panel, float[] hidden, int hiddenAt, float[] factors, float[] dropped, int at) {
    for (int u = 0; u < PANEL; u += LANES) {
      IntVector x =
          IntVector.fromArray(IntVector.SPECIES_PREFERRED, units, panel * PANEL + u).add(key);
      x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16)).mul(Dropout.HASH_1);
      x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 13)).mul(Dropout.HASH_2);
      x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16));
      // All bits of a lane where its hash is not below the threshold, else none.
      IntVector keep =
          x.lanewise(VectorOperators.LSHR, 1)
              .sub(threshold)
              .lanewise(VectorOperators.ASHR, 31)
              .not();
      FloatVector factor = keep.and(kept).reinterpretAsFloats();
      factor.intoArray(factors, at + u);
      FloatVector.fromArray(SPECIES, hidden, hiddenAt + u).mul(factor).intoArray(dropped, at + u);
    }
  }
}
