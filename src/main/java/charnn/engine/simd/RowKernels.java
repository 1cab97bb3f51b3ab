package charnn.engine.simd;

import charnn.engine.simd.cell.Gates;
import charnn.engine.simd.gemm.Gemm;

/**
 * The kernels of an inference step, a row at a time. The two implementations are bit-identical:
 * {@link VectorRowKernels}, and {@link PlainRowKernels} for the first steps of an engine.
 */
interface RowKernels {
  /** As {@link Gemm#gemv}. */
  void gemv(
      int k, float[] a, int aOffset, float[] b, int bOffset, int panels, float[] c, int cOffset);

  /** As {@link Gates#forward}, with c' in place of c; tanhCell is scratch memory. */
  void activate(
      int n,
      float[] z,
      int zOffset,
      int gateStride,
      float[] cell,
      int cellOffset,
      float[] tanhCell,
      int tanhiddenOffset,
      float[] hidden,
      int hiddenOffset);
}
