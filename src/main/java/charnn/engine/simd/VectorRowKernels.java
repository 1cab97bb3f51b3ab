package charnn.engine.simd;

/** The kernels in vectors. */
final class VectorRowKernels implements RowKernels {
  @Override
  public void addVector(
      int k, float[] a, int aAt, float[] b, int bAt, int panels, float[] c, int cAt) {
    MatrixProduct.addVector(k, a, aAt, b, bAt, panels, c, cAt);
  }

  @Override
  public void activate(
      int n,
      float[] z,
      int zAt,
      int zGate,
      float[] cell,
      int cAt,
      float[] tanhCell,
      int tanhAt,
      float[] hidden,
      int hAt) {
    Gates.forward(n, z, zAt, zGate, cell, cAt, cAt, tanhCell, tanhAt, hidden, hAt);
  }
}
