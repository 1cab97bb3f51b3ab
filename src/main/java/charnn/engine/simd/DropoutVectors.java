package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.SPECIES;

import charnn.engine.Dropout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Dropout} in vectors: the same units are dropped. */
final class DropoutVectors {
  private static final VectorSpecies<Integer> INTS = Simd.Ints.SPECIES;

  private final int threshold;
  private final int kept; // the bits of the factor
  private final int[] units; // [Hp] unit * UNIT

  DropoutVectors(Dropout dropout, int hp) {
    threshold = dropout.threshold();
    kept = Float.floatToRawIntBits(dropout.scale());
    units = new int[hp];
    for (int u = 0; u < hp; u++) {
      units[u] = u * Dropout.UNIT_STRIDE;
    }
  }

  /**
   * Drops units of some rows: a panel of them.
   *
   * @param keys of the rows: of their layer, batch row and time
   * @param panel which units
   * @param hidden [rows][PANEL] from hiddenAt; units of the padding are zero
   * @param factors overwritten [rows][PANEL] from factorsAt; those of the padding mean nothing
   * @param dropped overwritten [rows][PANEL] from droppedAt: hidden times factors
   */
  void drop(
      int[] keys,
      int rows,
      int panel,
      float[] hidden,
      int hiddenAt,
      float[] factors,
      int factorsAt,
      float[] dropped,
      int droppedAt) {
    IntVector hash1 = IntVector.broadcast(INTS, Dropout.HASH_1);
    IntVector hash2 = IntVector.broadcast(INTS, Dropout.HASH_2);
    IntVector highestDropped = IntVector.broadcast(INTS, threshold - 1);
    IntVector bits = IntVector.broadcast(INTS, kept);
    for (int u = 0; u < PANEL; u += LANES) {
      IntVector inputs = IntVector.fromArray(INTS, units, panel * PANEL + u);
      for (int row = 0; row < rows; row++) {
        IntVector x = IntVector.broadcast(INTS, keys[row]).add(inputs);
        x = x.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.XOR, x).mul(hash1);
        x = x.lanewise(VectorOperators.LSHR, 13).lanewise(VectorOperators.XOR, x).mul(hash2);
        x = x.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.XOR, x);
        // All bits of a lane where its hash is not below the threshold, else none.
        x = highestDropped.sub(x.lanewise(VectorOperators.LSHR, 1));
        x = x.lanewise(VectorOperators.ASHR, 31).and(bits);
        int at = row * PANEL + u;
        FloatVector factor = x.reinterpretAsFloats();
        factor.intoArray(factors, factorsAt + at);
        factor
            .mul(FloatVector.fromArray(SPECIES, hidden, hiddenAt + at))
            .intoArray(dropped, droppedAt + at);
      }
    }
  }
}
