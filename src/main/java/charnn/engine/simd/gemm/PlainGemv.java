package charnn.engine.simd.gemm;

import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.multiplyAdd;

/**
 * GEMV in plain loops that round as the vectors do, operation by operation.
 *
 * <p>A program on the Vector API is slow until the JVM has compiled it, for about 0.3 s: vectors
 * are boxed until then. Plain loops are fast at once, and later five times slower: a short text is
 * generated before the vector kernels would have been compiled.
 */
public final class PlainGemv {
  private static final int STEPS = 4;

  private PlainGemv() {}

  /** As {@link Gemm#gemv}. */
  public static void gemv(MatrixView a, PackedPanels b, MatrixView c) {
    Gemm.checkGemv(a, b, c);
    int k = b.kPanels() * NR;
    for (int p = 0; p < b.count(); p++) {
      int panel = b.offset() + p * k * NR;
      int to = c.offset + (b.first() + p) * NR;
      for (int i = 0; i < k; i += STEPS) {
        add(a.values, a.offset + i, b.values(), panel + i * NR, c.values, to);
      }
    }
  }

  private static void add(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
    float x0 = a[aOffset];
    float x1 = a[aOffset + 1];
    float x2 = a[aOffset + 2];
    float x3 = a[aOffset + 3];
    for (int j = 0; j < NR; j++) {
      float sum = multiplyAdd(x0, b[bOffset + j], c[cOffset + j]);
      sum = multiplyAdd(x1, b[bOffset + NR + j], sum);
      sum = multiplyAdd(x2, b[bOffset + 2 * NR + j], sum);
      c[cOffset + j] = multiplyAdd(x3, b[bOffset + 3 * NR + j], sum);
    }
  }
}
