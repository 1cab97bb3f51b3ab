package charnn.engine.scalar;

/**
 * The loops that do the arithmetic, each given by its formula. They assume valid ranges. Their inner loops run over contiguous floats
 * without a reduction, which is what the Java compiler turns into vector instructions; and they use no {@code Math.fma} and no
 * intrinsic, so that they give the same bits on every machine.
 */
final class Kernels {
  private Kernels() {}

  /**
   * out[j] += sum over i of x[i] m[i][j].
   *
   * @param x [n] from xAt
   * @param m [n x k] from mAt
   * @param out [k] from outAt, added to
   */
  static void addVectorMatrix(float[] x, int xAt, int n, float[] m, int mAt, int k, float[] out, int outAt) {
    int i = 0;
    for (; i + 3 < n; i += 4) {
      float x0 = x[xAt + i];
      float x1 = x[xAt + i + 1];
      float x2 = x[xAt + i + 2];
      float x3 = x[xAt + i + 3];
      int m0 = mAt + i * k;
      int m1 = m0 + k;
      int m2 = m1 + k;
      int m3 = m2 + k;
      for (int j = 0; j < k; j++) {
        out[outAt + j] += (x0 * m[m0 + j] + x1 * m[m1 + j]) + (x2 * m[m2 + j] + x3 * m[m3 + j]);
      }
    }
    for (; i < n; i++) {
      addScaled(x[xAt + i], m, mAt + i * k, k, out, outAt);
    }
  }

  /** out[j] += factor x[j], for j below n. */
  static void addScaled(float factor, float[] x, int xAt, int n, float[] out, int outAt) {
    for (int j = 0; j < n; j++) {
      out[outAt + j] += factor * x[xAt + j];
    }
  }

  /** out[j] += x[j], for j below n. */
  static void add(float[] x, int xAt, int n, float[] out, int outAt) {
    for (int j = 0; j < n; j++) {
      out[outAt + j] += x[xAt + j];
    }
  }

  /** out[j] *= x[j], for j below n. */
  static void multiply(float[] x, int xAt, int n, float[] out, int outAt) {
    for (int j = 0; j < n; j++) {
      out[outAt + j] *= x[xAt + j];
    }
  }

  /**
   * out[j][i] += sum over s of a[s][j] b[s][i], the product of a transposed and b.
   *
   * @param a [samples x k] from aAt
   * @param b [samples x n] from bAt
   * @param out [k x n] from outAt, added to
   */
  static void addTransposedProduct(
      float[] a, int aAt, int k, float[] b, int bAt, int n, int samples, float[] out, int outAt) {
    int s = 0;
    for (; s + 3 < samples; s += 4) {
      int b0 = bAt + s * n;
      int b1 = b0 + n;
      int b2 = b1 + n;
      int b3 = b2 + n;
      for (int j = 0; j < k; j++) {
        int column = aAt + s * k + j;
        float a0 = a[column];
        float a1 = a[column + k];
        float a2 = a[column + 2 * k];
        float a3 = a[column + 3 * k];
        int row = outAt + j * n;
        for (int i = 0; i < n; i++) {
          out[row + i] += (a0 * b[b0 + i] + a1 * b[b1 + i]) + (a2 * b[b2 + i] + a3 * b[b3 + i]);
        }
      }
    }
    for (; s < samples; s++) {
      for (int j = 0; j < k; j++) {
        addScaled(a[aAt + s * k + j], b, bAt + s * n, n, out, outAt + j * n);
      }
    }
  }

  /**
   * out[i][j] = m[j][i].
   *
   * @param m [columns x rows] from mAt
   * @param out [rows x columns] from outAt, overwritten
   */
  static void transpose(float[] m, int mAt, int rows, int columns, float[] out, int outAt) {
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) {
        out[outAt + i * columns + j] = m[mAt + j * rows + i];
      }
    }
  }
}
