package charnn.optim;

import charnn.model.Hyperparameters;
import charnn.model.Regularization;
import charnn.model.Schedule;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The optimizer Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) in DL4J's
 * form: the bias corrections in the step size, epsilon outside of them. Weights decay apart from
 * the gradient (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019), by the rate
 * without the part's factor.
 *
 * <pre>
 *   m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2
 *   p -= factor rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon) + decay rate p
 * </pre>
 */
final class Adam {
  private static final int BLOCK = 1 << 14;

  /**
   * Parameters that are changed alike.
   *
   * @param from the first
   * @param to behind the last
   * @param factor multiple of the rate at which they learn
   * @param decay part of themselves that they lose in a step, over the rate
   */
  record Part(int from, int to, float factor, float decay) {}

  // In the order of the parameters:
  private final float[] parameters;
  private final float[] gradient;
  private final float[] mean; // M
  private final float[] variance; // V

  private final List<Part> blocks = new ArrayList<>();
  private final IntConsumer updateBlock = this::updateBlock;
  private double rate;
  private double correction;
  private float clip;

  /**
   * @param parameters changed in place
   * @param gradient read by {@link #update}
   * @param mean zeros at the start; changed in place
   * @param variance likewise
   * @param parts all that is to be changed
   */
  Adam(float[] parameters, float[] gradient, float[] mean, float[] variance, List<Part> parts) {
    this.parameters = parameters;
    this.gradient = gradient;
    this.mean = mean;
    this.variance = variance;
    for (Part part : parts) {
      for (int at = part.from; at < part.to; at += BLOCK) {
        blocks.add(new Part(at, Math.min(part.to, at + BLOCK), part.factor, part.decay));
      }
    }
  }

  /** Returns the parts of a network, in order. */
  static List<Part> parts(
      NetworkSpec architecture, Schedule schedule, Regularization regularization) {
    float decay = (float) regularization.weightDecay();
    float recurrent = (float) schedule.recurrentFactor();
    float input = (float) schedule.inputFactor();
    List<Part> parts = new ArrayList<>();
    for (NetworkSpec.Layer layer : architecture.parameterLayout()) {
      boolean isOutput = layer.recurrent() < 0;
      int end = isOutput ? layer.bias() : layer.recurrent();
      parts.add(new Part(layer.weights(), end, isOutput ? 1 : input, decay));
      if (!isOutput) {
        parts.add(new Part(layer.recurrent(), layer.bias(), recurrent, decay));
      }
      parts.add(new Part(layer.bias(), layer.bias() + layer.columns(), 1, 0));
      input = recurrent; // of the layers above: H x 4H, too
    }
    return parts;
  }

  /**
   * Changes the parameters against the gradient.
   *
   * @param t number of the update, from 1
   * @param clip the gradient is multiplied by
   * @param workers share the parameters
   */
  void update(long t, double rate, float clip, ThreadTeam workers) {
    this.correction =
        StrictMath.sqrt(1 - StrictMath.pow(Hyperparameters.ADAM_BETA_2, t))
            / (1 - StrictMath.pow(Hyperparameters.ADAM_BETA_1, t));
    this.rate = rate;
    this.clip = clip;
    workers.run(blocks.size(), updateBlock);
  }

  private void updateBlock(int index) {
    Part block = blocks.get(index);
    float stepSize = (float) (rate * correction * block.factor);
    update(stepSize, (float) (rate * block.decay), clip, block.from, block.to);
  }

  private void update(float stepSize, float decay, float clip, int from, int to) {
    float b1 = (float) Hyperparameters.ADAM_BETA_1;
    float b2 = (float) Hyperparameters.ADAM_BETA_2;
    float epsilon = (float) Hyperparameters.ADAM_EPSILON;
    for (int i = from; i < to; i++) {
      float g = clip * gradient[i];
      float m = b1 * mean[i] + (1 - b1) * g;
      float v = b2 * variance[i] + (1 - b2) * g * g;
      mean[i] = m;
      variance[i] = v;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon) + decay * parameters[i];
    }
  }
}
