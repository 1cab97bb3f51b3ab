package charnn.engine.simd.cell;

import static charnn.engine.simd.math.Simd.LANES;
import static charnn.engine.simd.math.Simd.SPECIES;
import static charnn.engine.simd.math.Simd.multiplyAdd;

import charnn.engine.simd.math.Functions;
import charnn.engine.simd.math.Simd;
import jdk.incubator.vector.FloatVector;

/**
 * The LSTM's pointwise arithmetic, forward and backward, over n units that are contiguous in every
 * array: those of a row, or of a panel of several rows. The four gates have a stride of gateStride.
 */
public final class Gates {
  private Gates() {}

  /**
   * c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c').
   *
   * @param n a multiple of {@link Simd#NR}
   * @param z the pre-activations g, f, o, i: [n] each, from zOffset, zOffset + gateStride, and so
   *     on; overwritten with the activations
   * @param cell c [n] from cellOffset; c' [n] is written from cellNextOffset
   * @param tanhCell tanh(c') [n] is written from tanhOffset
   * @param hidden h' [n] is written from hiddenNextOffset
   */
  public static void forward(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      int cellNextOffset,
      float[] tanhCell,
      int tanhOffset,
      float[] hidden,
      int hiddenNextOffset) {
    // Several short loops: in one, the compiler gives up inlining, and vectors are boxed.
    Functions.tanh(z, zOffset, z, zOffset, n);
    Functions.sigmoid(z, zOffset + gateStride, n);
    Functions.sigmoid(z, zOffset + 2 * gateStride, n);
    Functions.sigmoid(z, zOffset + 3 * gateStride, n);
    advanceCell(n, z, zOffset, gateStride, cell, cellOffset, cellNextOffset);
    Functions.tanh(cell, cellNextOffset, tanhCell, tanhOffset, n);
    for (int u = 0; u < n; u += LANES) {
      FloatVector o = FloatVector.fromArray(SPECIES, z, zOffset + 2 * gateStride + u);
      o.mul(FloatVector.fromArray(SPECIES, tanhCell, tanhOffset + u))
          .intoArray(hidden, hiddenNextOffset + u);
    }
  }

  private static void advanceCell(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      int cellNextOffset) {
    for (int u = 0; u < n; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zOffset + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zOffset + gateStride + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zOffset + 3 * gateStride + u);
      FloatVector fc = FloatVector.fromArray(SPECIES, cell, cellOffset + u).mul(f);
      multiplyAdd(i, g, fc).intoArray(cell, cellNextOffset + u);
    }
  }

  /**
   * Overwrites the activations with dz, the gradient with respect to the pre-activations.
   *
   * @param z as {@link #forward} left them
   * @param cell c, from before the step, [n] from cellOffset
   * @param tanhCell tanh(c') [n] from tanhOffset
   * @param dHidden gradient with respect to h', [n] from dHiddenOffset
   * @param dCell gradient with respect to c' from the step after, [n] from dCellOffset; overwritten
   *     with that to c
   */
  public static void backward(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      float[] tanhCell,
      int tanhOffset,
      float[] dHidden,
      int dHiddenOffset,
      float[] dCell,
      int dCellOffset) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int u = 0; u < n; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zOffset + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zOffset + gateStride + u);
      FloatVector o = FloatVector.fromArray(SPECIES, z, zOffset + 2 * gateStride + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zOffset + 3 * gateStride + u);
      FloatVector tanhC = FloatVector.fromArray(SPECIES, tanhCell, tanhOffset + u);
      FloatVector dh = FloatVector.fromArray(SPECIES, dHidden, dHiddenOffset + u);
      FloatVector dc =
          dh.mul(o)
              .mul(one.sub(tanhC.mul(tanhC)))
              .add(FloatVector.fromArray(SPECIES, dCell, dCellOffset + u));
      dc.mul(i).mul(one.sub(g.mul(g))).intoArray(z, zOffset + u);
      dc.mul(FloatVector.fromArray(SPECIES, cell, cellOffset + u))
          .mul(f)
          .mul(one.sub(f))
          .intoArray(z, zOffset + gateStride + u);
      dh.mul(tanhC).mul(o).mul(one.sub(o)).intoArray(z, zOffset + 2 * gateStride + u);
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(z, zOffset + 3 * gateStride + u);
      dc.mul(f).intoArray(dCell, dCellOffset + u);
    }
  }
}
