package charnn.optim;

import charnn.util.ThreadTeam;
import java.util.function.IntConsumer;

/**
 * Clipping by global norm (Pascanu et al., "On the difficulty of training recurrent neural
 * networks", 2013).
 *
 * <p>Squares are summed in blocks of a fixed size, and the blocks in order. So the norm is
 * bit-identical for any number of workers.
 */
final class GradientClipping {
  private static final int BLOCK = 1 << 14;

  private final float[] gradient;
  private final double maxNorm;
  private final double[] squares; // of each block
  private final IntConsumer sumBlock = this::sumBlock;

  /**
   * @param gradient read by {@link #norm}, never changed
   */
  GradientClipping(float[] gradient, double maxNorm) {
    this.gradient = gradient;
    this.maxNorm = maxNorm;
    squares = new double[(gradient.length + BLOCK - 1) / BLOCK];
  }

  /** Returns the norm of the gradient. */
  double norm(ThreadTeam workers) {
    workers.run(squares.length, sumBlock);
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    return Math.sqrt(sum);
  }

  /** Returns the clipping factor of a gradient of a norm, 1 or less. */
  float factor(double norm) {
    return norm > maxNorm ? (float) (maxNorm / norm) : 1;
  }

  private void sumBlock(int block) {
    int from = block * BLOCK;
    squares[block] = squares(gradient, from, Math.min(gradient.length, from + BLOCK));
  }

  /** Four independent sums: one alone would wait for the latency of each addition. */
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
}
