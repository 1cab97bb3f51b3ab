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
    float[] x = a.values;
    float[] w = b.values();
    float[] z = c.values;
    int k = b.kPanels() * NR;
    for (int p = 0; p < b.count(); p++) {
      int panel = b.offset() + p * k * NR;
      int to = c.offset + (b.first() + p) * NR;
      for (int i = 0; i < k; i += STEPS) {
        int at = a.offset + i;
        add(x[at], x[at + 1], x[at + 2], x[at + 3], w, panel + i * NR, z, to);
      }
    }
  }

  private static void add(
      float x0, float x1, float x2, float x3, float[] b, int bOffset, float[] c, int cOffset) {
    for (int j = 0; j < NR; j++) {
      float sum = multiplyAdd(x0, b[bOffset + j], c[cOffset + j]);
      sum = multiplyAdd(x1, b[bOffset + NR + j], sum);
      sum = multiplyAdd(x2, b[bOffset + 2 * NR + j], sum);
      c[cOffset + j] = multiplyAdd(x3, b[bOffset + 3 * NR + j], sum);
    }
  }
}
