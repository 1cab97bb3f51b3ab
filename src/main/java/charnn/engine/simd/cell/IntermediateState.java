package charnn.engine.simd.cell;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The intermediate state of a multiplicative cell: m = x y, where y = h R_m is the first block of
 * the pre-activations and x = x W_m the last.
 */
final class IntermediateState {
  private IntermediateState() {}

  /**
   * Computes m.
   *
   * @param z the pre-activations
   * @param y offset of y in z
   * @param x offset of x in z
   * @param n a multiple of the vector length
   */
  static void forward(float[] z, int y, int x, float[] m, int mOffset, int n) {
    for (int u = 0; u < n; u += LANES) {
      FloatVector.fromArray(SPECIES, z, x + u)
          .mul(FloatVector.fromArray(SPECIES, z, y + u))
          .intoArray(m, mOffset + u);
    }
  }

  /** {@link #forward} in plain loops, fast before they are compiled; with the same bits. */
  static void forwardPlain(float[] z, int y, int x, float[] m, int mOffset, int n) {
    for (int u = 0; u < n; u++) {
      m[mOffset + u] = z[x + u] * z[y + u];
    }
  }

  /** Overwrites y and x with their gradients, from that with respect to m. */
  static void backward(float[] z, int y, int x, float[] dm, int dmOffset, int n) {
    for (int u = 0; u < n; u += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, dm, dmOffset + u);
      FloatVector dx = d.mul(FloatVector.fromArray(SPECIES, z, y + u));
      d.mul(FloatVector.fromArray(SPECIES, z, x + u)).intoArray(z, y + u);
      dx.intoArray(z, x + u);
    }
  }
}
