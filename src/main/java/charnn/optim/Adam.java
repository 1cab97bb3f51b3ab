package charnn.optim;

import charnn.model.Hyperparameters;
import charnn.model.Regularization;
import charnn.model.Schedule;
import charnn.nn.LayerSpec;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
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

  // What sizes() measures:
  static final int GRADIENT = 0;
  static final int WEIGHTS = 1;
  static final int UPDATE = 2;
  private static final int QUANTITIES = 3;

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

  private final List<ParameterGroup> groups;
  private final List<ParameterGroup> blocks = new ArrayList<>();
  private final double[][] squares; // of each block; see sizes()
  private final IntConsumer updateBlock = this::updateBlock;
  private final IntConsumer measureBlock = this::measureBlock;
  private double rate;
  private double correction;
  private float clip;
  private boolean[] measured;

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
    this.groups = List.copyOf(groups);
    for (ParameterGroup group : groups) {
      for (int at = group.from; at < group.to; at += BLOCK) {
        blocks.add(
            new ParameterGroup(at, Math.min(group.to, at + BLOCK), group.factor, group.decay));
      }
    }
    squares = new double[blocks.size()][QUANTITIES];
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

  /**
   * Returns, for each group, the sums of the squares of its gradient before clipping, of its
   * parameters, and of what the latest update changed these by. That is computed from the moments,
   * which an update leaves as they were when it was made:
   *
   * <pre>
   *   a = stepSize m / (sqrt(v) + epsilon)      p' = p - a - decay p      p - p' = (a + decay p') / (1 - decay)
   * </pre>
   *
   * <p>So steps that are not measured cost nothing. The sums are bit-identical for any number of
   * workers.
   *
   * @param isMeasured of each group; the others have sums of 0
   */
  double[][] sizes(boolean[] isMeasured, ThreadTeam workers) {
    measured = isMeasured;
    workers.run(blocks.size(), measureBlock);
    double[][] sums = new double[groups.size()][QUANTITIES];
    int group = 0;
    for (int block = 0; block < squares.length; block++) {
      while (blocks.get(block).from >= groups.get(group).to) {
        group++;
      }
      for (int i = 0; i < QUANTITIES; i++) {
        sums[group][i] += squares[block][i];
      }
    }
    return sums;
  }

  private void measureBlock(int index) {
    ParameterGroup block = blocks.get(index);
    int group = 0;
    while (block.from >= groups.get(group).to) {
      group++;
    }
    Arrays.fill(squares[index], 0);
    if (measured[group]) {
      float stepSize = (float) (rate * correction * block.factor);
      measure(stepSize, (float) (rate * block.decay), block.from, block.to, squares[index]);
    }
  }

  private void measure(float stepSize, float decay, int from, int to, double[] sums) {
    float epsilon = (float) Hyperparameters.ADAM_EPSILON;
    float kept = 1 - decay;
    double gradients = 0;
    double weights = 0;
    double updates = 0;
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float p = parameters[i];
      float a = stepSize * firstMoment[i] / ((float) Math.sqrt(secondMoment[i]) + epsilon);
      float u = (a + decay * p) / kept;
      gradients += (double) g * g;
      weights += (double) p * p;
      updates += (double) u * u;
    }
    sums[GRADIENT] = gradients;
    sums[WEIGHTS] = weights;
    sums[UPDATE] = updates;
  }
}
