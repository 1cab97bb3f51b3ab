package charnn.train;

import charnn.engine.Workers;

/**
 * Clipping by global norm (Pascanu et al., "On the difficulty of training recurrent neural
 * networks", 2013).
 *
 * <p>Squares are summed in blocks of a fixed size, the blocks in their order: the same bits for any
 * number of workers.
 */
final class GradientClip {
  private static final int BLOCK = 1 << 14;

  private GradientClip() {}

  /**
   * Scales a gradient down to a norm if it is longer.
   *
   * @return its norm before
   */
  static double clip(float[] gradient, double maxNorm, Workers workers) {
    int blocks = (gradient.length + BLOCK - 1) / BLOCK;
    double[] squares = new double[blocks];
    workers.run(
        blocks, block -> squares[block] = squares(gradient, block * BLOCK, end(gradient, block)));
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    double norm = Math.sqrt(sum);
    if (norm > maxNorm) {
      float factor = (float) (maxNorm / norm);
      workers.run(blocks, block -> scale(gradient, block * BLOCK, end(gradient, block), factor));
    }
    return norm;
  }

  private static int end(float[] gradient, int block) {
    return Math.min(gradient.length, (block + 1) * BLOCK);
  }

  /** Four sums side by side: one alone would wait for each addition. */
  private static double squares(float[] x, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (; i < to; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static void scale(float[] x, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      x[i] *= factor;
    }
  }
}
