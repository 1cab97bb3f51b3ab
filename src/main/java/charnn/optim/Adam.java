package charnn.optim;

import charnn.model.Hyperparameters;
import charnn.model.Regularization;
import charnn.model.Schedule;
import charnn.nn.LayerSpec;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The optimizer Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) with
 * decoupled weight decay (AdamW; Loshchilov and Hutter, "Decoupled weight decay regularization",
 * 2019). As in DL4J, the step size contains the bias corrections, and epsilon is outside of them.
 * Weight decay uses the learning rate without the group's factor.
 *
 * <pre>
 *   m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2
 *   p -= factor rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon) + decay rate p
 * </pre>
 */
final class Adam {
  private static final int BLOCK = 1 << 14;

  /**
   * A parameter group.
   *
   * @param from first index
   * @param to end index, exclusive
   * @param factor of the learning rate
   * @param decay weight decay
   */
  record ParameterGroup(int from, int to, float factor, float decay) {}

  // In parameter order:
  private final float[] parameters;
  private final float[] gradient;
  private final float[] firstMoment; // m
  private final float[] secondMoment; // v

  private final List<ParameterGroup> blocks = new ArrayList<>();
  private final IntConsumer updateBlock = this::updateBlock;
  private double rate;
  private double correction;
  private float clip;

  /**
   * @param parameters changed in place
   * @param gradient read by {@link #update}
   * @param firstMoment m, zeros at the start; changed in place
   * @param secondMoment v, likewise
   * @param groups parameter groups; parameters outside of them stay
   */
  Adam(
      float[] parameters,
      float[] gradient,
      float[] firstMoment,
      float[] secondMoment,
      List<ParameterGroup> groups) {
    this.parameters = parameters;
    this.gradient = gradient;
    this.firstMoment = firstMoment;
    this.secondMoment = secondMoment;
    for (ParameterGroup group : groups) {
      for (int at = group.from; at < group.to; at += BLOCK) {
        blocks.add(
            new ParameterGroup(at, Math.min(group.to, at + BLOCK), group.factor, group.decay));
      }
    }
  }

  /** Returns the parameter groups of a network, in order; that of R is empty without one. */
  static List<ParameterGroup> groups(
      NetworkSpec architecture, Schedule schedule, Regularization regularization) {
    float decay = (float) regularization.weightDecay();
    float recurrent = (float) schedule.recurrentFactor();
    float input = (float) schedule.inputFactor();
    List<ParameterGroup> groups = new ArrayList<>();
    for (ParameterLayout.Layer layer : architecture.parameterLayout().layers()) {
      float factor = layer.spec() instanceof LayerSpec.Output ? 1 : input;
      groups.add(new ParameterGroup(layer.weights(), layer.recurrent(), factor, decay));
      groups.add(new ParameterGroup(layer.recurrent(), layer.bias(), recurrent, decay));
      groups.add(new ParameterGroup(layer.bias(), layer.end(), 1, 0));
      input = recurrent; // of the layers above
    }
    return groups;
  }

  /**
   * Updates the parameters.
   *
   * @param t update number, from 1
   * @param clip factor of the gradient
   * @param workers update blocks of parameters in parallel
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
    ParameterGroup block = blocks.get(index);
    float stepSize = (float) (rate * correction * block.factor);
    update(stepSize, (float) (rate * block.decay), clip, block.from, block.to);
  }

  private void update(float stepSize, float decay, float clip, int from, int to) {
    float b1 = (float) Hyperparameters.ADAM_BETA_1;
    float b2 = (float) Hyperparameters.ADAM_BETA_2;
    float epsilon = (float) Hyperparameters.ADAM_EPSILON;
    for (int i = from; i < to; i++) {
      float g = clip * gradient[i];
      float m = b1 * firstMoment[i] + (1 - b1) * g;
      float v = b2 * secondMoment[i] + (1 - b2) * g * g;
      firstMoment[i] = m;
      secondMoment[i] = v;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon) + decay * parameters[i];
    }
  }
}
