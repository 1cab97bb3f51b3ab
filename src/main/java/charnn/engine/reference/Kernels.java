package charnn.engine.reference;

import java.util.Arrays;

/**
 * The arithmetic loops, each given by its formula. They assume valid ranges.
 *
 * <p>A matrix is an array of rows. The inner loops run over whole rows from index 0, without a
 * reduction: that is the form which the JIT compiler vectorises. They use no {@code Math.fma} and
 * no intrinsic, so results are bit-identical on every machine.
 */
final class Kernels {
  private Kernels() {}

  /**
   * GEMV: out[j] += sum over i of x[i] m[i][j].
   *
   * @param x [n] or longer
   * @param m [n][k]
   * @param out [k] or longer
   */
  static void addVectorMatrix(float[] x, float[][] m, float[] out) {
    int i = 0;
    for (; i + 3 < m.length; i += 4) {
      addScaled(x[i], m[i], x[i + 1], m[i + 1], x[i + 2], m[i + 2], x[i + 3], m[i + 3], out);
    }
    for (; i < m.length; i++) {
      addScaled(x[i], m[i], out);
    }
  }

  /**
   * GEMM with A transposed, out += A^T B: out[j][i] += sum over s of a[s][j] b[s][i].
   *
   * @param a [samples][k] or longer
   * @param b rows bFirst to bFirst + samples, [n] each
   * @param out [k][n]
   */
  static void addTransposedMatrix(float[][] a, float[][] b, int bFirst, float[][] out) {
    int s = 0;
    for (; s + 3 < a.length; s += 4) {
      float[] b0 = b[bFirst + s];
      float[] b1 = b[bFirst + s + 1];
      float[] b2 = b[bFirst + s + 2];
      float[] b3 = b[bFirst + s + 3];
      for (int j = 0; j < out.length; j++) {
        addScaled(a[s][j], b0, a[s + 1][j], b1, a[s + 2][j], b2, a[s + 3][j], b3, out[j]);
      }
    }
    for (; s < a.length; s++) {
      for (int j = 0; j < out.length; j++) {
        addScaled(a[s][j], b[bFirst + s], out[j]);
      }
    }
  }

  /** out += f0 x0 + f1 x1 + f2 x2 + f3 x3. */
  private static void addScaled(
      float f0,
      float[] x0,
      float f1,
      float[] x1,
      float f2,
      float[] x2,
      float f3,
      float[] x3,
      float[] out) {
    for (int j = 0; j < x0.length; j++) {
      out[j] += (f0 * x0[j] + f1 * x1[j]) + (f2 * x2[j] + f3 * x3[j]);
    }
  }

  /** out += factor x. */
  private static void addScaled(float factor, float[] x, float[] out) {
    for (int j = 0; j < x.length; j++) {
      out[j] += factor * x[j];
    }
  }

  /** out += x. */
  static void add(float[] x, float[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] += x[j];
    }
  }

  /** out += the sum of the rows of m. */
  static void addRows(float[][] m, float[] out) {
    for (float[] row : m) {
      add(row, out);
    }
  }

  /**
   * GEMM, row by row: out = A B.
   *
   * @param a [samples][n]
   * @param b [n][k]
   * @param out [samples][k], overwritten
   */
  static void multiplyRows(float[][] a, float[][] b, float[][] out) {
    for (int s = 0; s < a.length; s++) {
      Arrays.fill(out[s], 0);
      addVectorMatrix(a[s], b, out[s]);
    }
  }

  /** out *= x, element by element. */
  static void multiply(float[] x, float[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] *= x[j];
    }
  }
}
