package charnn.engine.simd;

/**
 * What an inference step is made of, a row at a time. There are two implementations, whose results
 * are the same to the bit: {@link VectorRowKernels}, and {@link PlainRowKernels} for the beginning.
 */
interface RowKernels {
  /** As {@link MatrixProduct#addVector}. */
  void addVector(int k, float[] a, int aAt, float[] b, int bAt, int panels, float[] c, int cAt);

  /** As {@link Gates#forward}; what it is given as tanhCell is there to be overwritten. */
  void activate(
      int n,
      float[] z,
      int zAt,
      int zGate,
      float[] cell,
      int cAt,
      float[] tanhCell,
      int tanhAt,
      float[] hidden,
      int hAt);
}
