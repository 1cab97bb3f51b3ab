package charnn.train;

import charnn.engine.Workers;
import charnn.model.Recipe;
import java.util.function.IntConsumer;

/**
 * The optimizer Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) in DL4J's
 * form: the bias corrections in the step size, epsilon outside of them.
 *
 * <pre>
 *   m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2      p -= rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)
 * </pre>
 */
final class Adam {
  private static final int BLOCK = 1 << 14;

  // In the order of the parameters:
  private final float[] parameters;
  private final float[] gradient;
  private final float[] mean; // M
  private final float[] variance; // V

  private final IntConsumer updateBlock = this::updateBlock;
  private float stepSize;
  private float factor;

  /**
   * @param parameters changed in place
   * @param gradient read by {@link #update}
   * @param mean zeros at the start; changed in place
   * @param variance likewise
   */
  Adam(float[] parameters, float[] gradient, float[] mean, float[] variance) {
    this.parameters = parameters;
    this.gradient = gradient;
    this.mean = mean;
    this.variance = variance;
  }

  /**
   * Changes the parameters against the gradient.
   *
   * @param t number of the update, from 1
   * @param factor the gradient is multiplied by
   * @param workers share the parameters
   */
  void update(long t, double rate, float factor, Workers workers) {
    double correction =
        StrictMath.sqrt(1 - StrictMath.pow(Recipe.ADAM_BETA_2, t))
            / (1 - StrictMath.pow(Recipe.ADAM_BETA_1, t));
    this.stepSize = (float) (rate * correction);
    this.factor = factor;
    workers.run((parameters.length + BLOCK - 1) / BLOCK, updateBlock);
  }

  private void updateBlock(int block) {
    int from = block * BLOCK;
    update(stepSize, factor, from, Math.min(parameters.length, from + BLOCK));
  }

  private void update(float stepSize, float factor, int from, int to) {
    float b1 = (float) Recipe.ADAM_BETA_1;
    float b2 = (float) Recipe.ADAM_BETA_2;
    float epsilon = (float) Recipe.ADAM_EPSILON;
    for (int i = from; i < to; i++) {
      float g = factor * gradient[i];
      float m = b1 * mean[i] + (1 - b1) * g;
      float v = b2 * variance[i] + (1 - b2) * g * g;
      mean[i] = m;
      variance[i] = v;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
