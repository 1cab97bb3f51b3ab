package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.multiplyAdd;

import charnn.engine.simd.math.Functions;
import java.util.Objects;

/**
 * The kernels in plain loops that round as the vectors do, operation by operation.
 *
 * <p>A program on the Vector API is slow until the JVM has compiled it, for about 0.3 s: vectors
 * are boxed until then. Plain loops are fast at once, and later five times slower: a short text is
 * generated before the vector kernels would have been compiled.
 */
final class PlainRowKernels implements RowKernels {
  private static final int STEPS = 4;

  @Override
  public void gemv(
      int k, float[] a, int aOffset, float[] b, int bOffset, int panels, float[] c, int cOffset) {
    Objects.checkFromIndexSize(aOffset, k, a.length);
    Objects.checkFromIndexSize(bOffset, panels * k * NR, b.length);
    Objects.checkFromIndexSize(cOffset, panels * NR, c.length);
    for (int p = 0; p < panels; p++) {
      int panel = bOffset + p * k * NR;
      int to = cOffset + p * NR;
      int i = 0;
      for (; i + STEPS <= k; i += STEPS) {
        int offset = aOffset + i;
        add4(a[offset], a[offset + 1], a[offset + 2], a[offset + 3], b, panel + i * NR, c, to);
      }
      for (; i < k; i++) {
        add1(a[aOffset + i], b, panel + i * NR, c, to);
      }
    }
  }

  private static void add4(
      float x0, float x1, float x2, float x3, float[] b, int bOffset, float[] c, int cOffset) {
    for (int j = 0; j < NR; j++) {
      float sum = multiplyAdd(x0, b[bOffset + j], c[cOffset + j]);
      sum = multiplyAdd(x1, b[bOffset + NR + j], sum);
      sum = multiplyAdd(x2, b[bOffset + 2 * NR + j], sum);
      c[cOffset + j] = multiplyAdd(x3, b[bOffset + 3 * NR + j], sum);
    }
  }

  private static void add1(float x, float[] b, int bOffset, float[] c, int cOffset) {
    for (int j = 0; j < NR; j++) {
      c[cOffset + j] = multiplyAdd(x, b[bOffset + j], c[cOffset + j]);
    }
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
    for (int u = 0; u < n; u++) {
      int offset = zOffset + u;
      float g = Functions.tanh(z[offset]);
      float f = Functions.sigmoid(z[offset + gateStride]);
      float o = Functions.sigmoid(z[offset + 2 * gateStride]);
      float i = Functions.sigmoid(z[offset + 3 * gateStride]);
      z[offset] = g;
      z[offset + gateStride] = f;
      z[offset + 2 * gateStride] = o;
      z[offset + 3 * gateStride] = i;
      float c = multiplyAdd(i, g, cell[cellOffset + u] * f);
      float tanh = Functions.tanh(c);
      cell[cellOffset + u] = c;
      tanhCell[tanhiddenOffset + u] = tanh;
      hidden[hiddenOffset + u] = o * tanh;
    }
  }
}
