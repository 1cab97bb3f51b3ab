package charnn.engine.simd;

import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.multiplyAdd;

import java.util.Objects;

/**
 * The kernels in plain loops that round as the vectors do, operation by operation.
 *
 * <p>A program on the Vector API is slow until the JVM has compiled it, for about 0.3 s: every
 * vector is an object until then. Plain loops are fast at once, and later five times slower: a
 * short text is written before the vectors would have been ready.
 */
final class PlainRowKernels implements RowKernels {
  private static final int STEPS = 4;

  @Override
  public void addVector(
      int k, float[] a, int aAt, float[] b, int bAt, int panels, float[] c, int cAt) {
    Objects.checkFromIndexSize(aAt, k, a.length);
    Objects.checkFromIndexSize(bAt, panels * k * PANEL, b.length);
    Objects.checkFromIndexSize(cAt, panels * PANEL, c.length);
    for (int p = 0; p < panels; p++) {
      int panel = bAt + p * k * PANEL;
      int to = cAt + p * PANEL;
      int i = 0;
      for (; i + STEPS <= k; i += STEPS) {
        int at = aAt + i;
        add4(a[at], a[at + 1], a[at + 2], a[at + 3], b, panel + i * PANEL, c, to);
      }
      for (; i < k; i++) {
        add1(a[aAt + i], b, panel + i * PANEL, c, to);
      }
    }
  }

  private static void add4(
      float x0, float x1, float x2, float x3, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < PANEL; j++) {
      float sum = multiplyAdd(x0, b[bAt + j], c[cAt + j]);
      sum = multiplyAdd(x1, b[bAt + PANEL + j], sum);
      sum = multiplyAdd(x2, b[bAt + 2 * PANEL + j], sum);
      c[cAt + j] = multiplyAdd(x3, b[bAt + 3 * PANEL + j], sum);
    }
  }

  private static void add1(float x, float[] b, int bAt, float[] c, int cAt) {
    for (int j = 0; j < PANEL; j++) {
      c[cAt + j] = multiplyAdd(x, b[bAt + j], c[cAt + j]);
    }
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
    for (int u = 0; u < n; u++) {
      int at = zAt + u;
      float g = Functions.tanh(z[at]);
      float f = Functions.sigmoid(z[at + zGate]);
      float o = Functions.sigmoid(z[at + 2 * zGate]);
      float i = Functions.sigmoid(z[at + 3 * zGate]);
      z[at] = g;
      z[at + zGate] = f;
      z[at + 2 * zGate] = o;
      z[at + 3 * zGate] = i;
      float c = multiplyAdd(i, g, cell[cAt + u] * f);
      float tanh = Functions.tanh(c);
      cell[cAt + u] = c;
      tanhCell[tanhAt + u] = tanh;
      hidden[hAt + u] = o * tanh;
    }
  }
}
