package charnn.engine.simd.math;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import charnn.engine.Dropout;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Dropout} in vectors: the same masks. */
public final class DropoutVectors {
  private static final VectorSpecies<Integer> INTS = Simd.Ints.SPECIES;

  private final int threshold;
  private final int scaleBits; // of the inverted-dropout scale
  private final int[] units; // [Hp] unit * UNIT_STRIDE

  public DropoutVectors(Dropout dropout, int hp) {
    threshold = dropout.threshold();
    scaleBits = Float.floatToRawIntBits(dropout.scale());
    units = new int[hp];
    for (int u = 0; u < hp; u++) {
      units[u] = u * Dropout.UNIT_STRIDE;
    }
  }

  /**
   * Applies dropout to one panel of some rows: dropped = hidden mask.
   *
   * @param keys [rows] by {@link Dropout#key}
   * @param panel index, of the layer's units
   * @param hidden [rows][NR]; padding units are zero
   * @param mask [rows][NR] overwritten; that of padding units has no meaning
   * @param dropped [rows][NR] overwritten
   */
  public void drop(
      int[] keys, int rows, int panel, MatrixView hidden, MatrixView mask, MatrixView dropped) {
    drop(
        keys,
        rows,
        panel,
        hidden.values(),
        hidden.offset(),
        mask.values(),
        mask.offset(),
        dropped.values(),
        dropped.offset());
  }

  void drop(
      int[] keys,
      int rows,
      int panel,
      float[] hidden,
      int hiddenOffset,
      float[] mask,
      int maskOffset,
      float[] dropped,
      int droppedOffset) {
    IntVector hash1 = IntVector.broadcast(INTS, Dropout.HASH_1);
    IntVector hash2 = IntVector.broadcast(INTS, Dropout.HASH_2);
    IntVector highestDropped = IntVector.broadcast(INTS, threshold - 1);
    IntVector bits = IntVector.broadcast(INTS, scaleBits);
    for (int u = 0; u < NR; u += LANES) {
      IntVector inputs = IntVector.fromArray(INTS, units, panel * NR + u);
      for (int row = 0; row < rows; row++) {
        IntVector x = IntVector.broadcast(INTS, keys[row]).add(inputs);
        x = x.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.XOR, x).mul(hash1);
        x = x.lanewise(VectorOperators.LSHR, 13).lanewise(VectorOperators.XOR, x).mul(hash2);
        x = x.lanewise(VectorOperators.LSHR, 16).lanewise(VectorOperators.XOR, x);
        // All ones in a lane whose hash is not below the threshold, else zeros.
        x = highestDropped.sub(x.lanewise(VectorOperators.LSHR, 1));
        x = x.lanewise(VectorOperators.ASHR, 31).and(bits);
        int offset = row * NR + u;
        FloatVector factor = x.reinterpretAsFloats();
        factor.intoArray(mask, maskOffset + offset);
        factor
            .mul(FloatVector.fromArray(SPECIES, hidden, hiddenOffset + offset))
            .intoArray(dropped, droppedOffset + offset);
      }
    }
  }
}
