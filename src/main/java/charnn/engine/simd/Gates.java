package charnn.engine.simd;

import static charnn.engine.simd.Simd.LANES;
import static charnn.engine.simd.Simd.SPECIES;
import static charnn.engine.simd.Simd.multiplyAdd;

import jdk.incubator.vector.FloatVector;

/** An LSTM's gates, a row at a time: one pass forward, one back. Hp is the padded hidden size. */
final class Gates {
  private Gates() {}

  /**
   * c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c').
   *
   * @param z [4 Hp] from zAt: before, the gates' pre-activations g, f, o, i; afterwards their
   *     activations
   * @param cell c [Hp] from cAt; c' is written from cNext on
   * @param tanhCell tanh(c') is written from tanhAt on
   * @param hidden h' is written from hNext on
   */
  static void forward(
      int hp,
      float[] z,
      int zAt,
      float[] cell,
      int cAt,
      int cNext,
      float[] tanhCell,
      int tanhAt,
      float[] hidden,
      int hNext) {
    // Several short loops: in one, the compiler gives up inlining, and every vector becomes an
    // object.
    Functions.tanh(z, zAt, z, zAt, hp);
    Functions.sigmoid(z, zAt + hp, 3 * hp);
    advanceCell(hp, z, zAt, cell, cAt, cNext);
    Functions.tanh(cell, cNext, tanhCell, tanhAt, hp);
    for (int u = 0; u < hp; u += LANES) {
      FloatVector o = FloatVector.fromArray(SPECIES, z, zAt + 2 * hp + u);
      o.mul(FloatVector.fromArray(SPECIES, tanhCell, tanhAt + u)).intoArray(hidden, hNext + u);
    }
  }

  private static void advanceCell(int hp, float[] z, int zAt, float[] cell, int cAt, int cNext) {
    for (int u = 0; u < hp; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zAt + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zAt + hp + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zAt + 3 * hp + u);
      FloatVector kept = FloatVector.fromArray(SPECIES, cell, cAt + u).mul(f);
      multiplyAdd(i, g, kept).intoArray(cell, cNext + u);
    }
  }

  /**
   * Overwrites the activations of a row with the derivatives by their pre-activations.
   *
   * @param z [4 Hp] from zAt
   * @param cell c, from before the step, [Hp] from cAt
   * @param tanhCell tanh(c') [Hp] from tanhAt
   * @param dOutput derivative by what the layer put out, [Hp] from dOutputAt
   * @param dHidden derivative by h' from the step after, [Hp] from dAt; set to zero, for the step
   *     before to be added to
   * @param dCell derivative by c' from the step after, [Hp] from dAt; overwritten with that by c
   */
  static void backward(
      int hp,
      float[] z,
      int zAt,
      float[] cell,
      int cAt,
      float[] tanhCell,
      int tanhAt,
      float[] dOutput,
      int dOutputAt,
      float[] dHidden,
      float[] dCell,
      int dAt) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int u = 0; u < hp; u += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, z, zAt + u);
      FloatVector f = FloatVector.fromArray(SPECIES, z, zAt + hp + u);
      FloatVector o = FloatVector.fromArray(SPECIES, z, zAt + 2 * hp + u);
      FloatVector i = FloatVector.fromArray(SPECIES, z, zAt + 3 * hp + u);
      FloatVector tanhC = FloatVector.fromArray(SPECIES, tanhCell, tanhAt + u);
      FloatVector dh =
          FloatVector.fromArray(SPECIES, dOutput, dOutputAt + u)
              .add(FloatVector.fromArray(SPECIES, dHidden, dAt + u));
      FloatVector dc =
          dh.mul(o)
              .mul(one.sub(tanhC.mul(tanhC)))
              .add(FloatVector.fromArray(SPECIES, dCell, dAt + u));
      dc.mul(i).mul(one.sub(g.mul(g))).intoArray(z, zAt + u);
      dc.mul(FloatVector.fromArray(SPECIES, cell, cAt + u))
          .mul(f)
          .mul(one.sub(f))
          .intoArray(z, zAt + hp + u);
      dh.mul(tanhC).mul(o).mul(one.sub(o)).intoArray(z, zAt + 2 * hp + u);
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(z, zAt + 3 * hp + u);
      dc.mul(f).intoArray(dCell, dAt + u);
      FloatVector.zero(SPECIES).intoArray(dHidden, dAt + u);
    }
  }
}
