package charnn.engine.simd;

import charnn.engine.simd.cell.Gates;
import charnn.engine.simd.gemm.Gemm;

/** The kernels in vectors. */
final class VectorRowKernels implements RowKernels {
  @Override
  public void gemv(
      int k, float[] a, int aOffset, float[] b, int bOffset, int panels, float[] c, int cOffset) {
    Gemm.gemv(k, a, aOffset, b, bOffset, panels, c, cOffset);
  }

  @Override
  public void activate(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      float[] tanhCell,
      int tanhiddenOffset,
      float[] hidden,
      int hiddenOffset) {
    Gates.forward(
        n,
        z,
        zOffset,
        gateStride,
        cell,
        cellOffset,
        cellOffset,
        tanhCell,
        tanhiddenOffset,
        hidden,
        hiddenOffset);
  }
}
