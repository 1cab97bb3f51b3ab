package charnn.spark;

import java.util.List;

/**
 * The outer step: the replicas' parameters become the common ones of the next round. With learning
 * rate 1 and momentum 0 it is their mean (local SGD: Stich, "Local SGD converges fast and
 * communicates little", 2018). Else the mean change is the gradient of SGD with Nesterov momentum
 * (DiLoCo: Douillard et al., 2023): with d = p - mean, m' = momentum m + d, p' = p - rate (d +
 * momentum m').
 */
final class OuterStep {
  private final double rate;
  private final double momentum;
  private final float[] velocity; // m, in the order of the parameters; empty without momentum

  /**
   * @param count of parameters
   */
  OuterStep(double rate, double momentum, int count) {
    this.rate = rate;
    this.momentum = momentum;
    this.velocity = new float[momentum == 0 ? 0 : count];
  }

  /** Returns m, which is changed in place; empty without momentum. */
  float[] velocity() {
    return velocity;
  }

  /**
   * Makes a step. Sums are in double precision and in the order of the replicas, so that the result
   * depends on nothing else.
   *
   * @param parameters before the round; changed in place
   * @param replicas their parameters after the round
   */
  void apply(float[] parameters, List<float[]> replicas) {
    boolean isMean = rate == 1 && momentum == 0;
    for (int i = 0; i < parameters.length; i++) {
      double sum = 0;
      for (float[] replica : replicas) {
        sum += replica[i];
      }
      double mean = sum / replicas.size();
      if (isMean) {
        parameters[i] = (float) mean;
        continue;
      }
      double change = parameters[i] - mean;
      double step = change;
      if (momentum != 0) {
        velocity[i] = (float) (momentum * velocity[i] + change);
        step += momentum * velocity[i];
      }
      parameters[i] = (float) (parameters[i] - rate * step);
    }
  }
}
