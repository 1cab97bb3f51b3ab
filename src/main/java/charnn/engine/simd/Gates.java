package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.multiplyAdd;

import jdk.incubator.vector.FloatVector;

/**
 * An LSTM's gates, one pass forward, one back, over n units that lie side by side in every array:
 * those of a row, or of a panel of several rows. The four gates of a unit lie zGate apart.
 */
final class Gates {
  private Gates() {}

  /**
   * c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c').
   *
   * @param n a multiple of {@link Simd#PANEL}
   * @param z before, the gates' pre-activations g, f, o, i: [n] from zAt, zAt + zGate, and so on;
   *     afterwards their activations
   * @param cell c [n] from cAt; c' is written from cNext on
   * @param tanhCell tanh(c') is written from tanhAt on
   * @param hidden h' is written from hNext on
   */
  static void forward(
      int n,
      float[] z,
      int zAt,
      int zGate,
      float[] cell,
      int cAt,
      int cNext,
      float[] tanhCell,
      int tanhAt,
      float[] hidden,
      int hNext) {
    // Several short loops: in one, the compiler gives up inlining, and every vector becomes an
    // object.
    Functions.tanh(z, zAt, z, zAt, n);
    Functions.sigmoid(z, zAt + zGate, n);
    Functions.sigmoid(z, zAt + 2 * zGate, n);
    Functions.sigmoid(z, zAt + 3 * zGate, n);
    advanceCell(n, z, zAt, zGate, cell, cAt, cNext);
    Functions.tanh(cell, cNext, tanhCell, tanhAt, n);
    for (int u = 0; u < n; u += LANES) {
      FloatVector o = FloatVector.fromArray(SPECIES, z, zAt + 2 * zGate + u);
      o.mul(FloatVector.fromArray(SPECIES, tanhCell, tanhAt + u)).intoArray(hidden, hNext + u);
    }
  }

  private static void advanceCell(
      int n, float[] z, int zAt, int zGate, float[] cell, int cAt, int cNext) {
    for (int u = 0; u < n; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zAt + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zAt + zGate + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zAt + 3 * zGate + u);
      FloatVector kept = FloatVector.fromArray(SPECIES, cell, cAt + u).mul(f);
      multiplyAdd(i, g, kept).intoArray(cell, cNext + u);
    }
  }

  /**
   * Overwrites the activations with the derivatives by the pre-activations.
   *
   * @param z as {@link #forward} left them
   * @param cell c, from before the step, [n] from cAt
   * @param tanhCell tanh(c') [n] from tanhAt
   * @param dHidden derivative by h', [n] from dHiddenAt
   * @param dCell derivative by c' from the step after, [n] from dCellAt; overwritten with that by c
   */
  static void backward(
      int n,
      float[] z,
      int zAt,
      int zGate,
      float[] cell,
      int cAt,
      float[] tanhCell,
      int tanhAt,
      float[] dHidden,
      int dHiddenAt,
      float[] dCell,
      int dCellAt) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int u = 0; u < n; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zAt + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zAt + zGate + u);
      FloatVector o = FloatVector.fromArray(SPECIES, z, zAt + 2 * zGate + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zAt + 3 * zGate + u);
      FloatVector tanhC = FloatVector.fromArray(SPECIES, tanhCell, tanhAt + u);
      FloatVector dh = FloatVector.fromArray(SPECIES, dHidden, dHiddenAt + u);
      FloatVector dc =
          dh.mul(o)
              .mul(one.sub(tanhC.mul(tanhC)))
              .add(FloatVector.fromArray(SPECIES, dCell, dCellAt + u));
      dc.mul(i).mul(one.sub(g.mul(g))).intoArray(z, zAt + u);
      dc.mul(FloatVector.fromArray(SPECIES, cell, cAt + u))
          .mul(f)
          .mul(one.sub(f))
          .intoArray(z, zAt + zGate + u);
      dh.mul(tanhC).mul(o).mul(one.sub(o)).intoArray(z, zAt + 2 * zGate + u);
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(z, zAt + 3 * zGate + u);
      dc.mul(f).intoArray(dCell, dCellAt + u);
    }
  }
}
