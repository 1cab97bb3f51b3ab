package charnn.train;

import charnn.model.Recipe;

/**
 * The optimizer Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) in DL4J's
 * form: the bias corrections in the step size, epsilon outside of them.
 *
 * <pre>
 *   m = b1 m + (1 - b1) g      v = b2 v + (1 - b2) g^2      p -= rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)
 * </pre>
 */
final class Adam {
  private final float[] state; // [M | V], each in the order of the parameters

  /**
   * @param state [2 x parameters], zeros at the start; changed in place
   */
  Adam(float[] state) {
    this.state = state;
  }

  float[] state() {
    return state;
  }

  /**
   * Changes the parameters against the gradient.
   *
   * @param t number of the update, from 1
   */
  void update(float[] parameters, float[] gradient, long t, double rate) {
    float b1 = (float) Recipe.ADAM_BETA_1;
    float b2 = (float) Recipe.ADAM_BETA_2;
    float epsilon = (float) Recipe.ADAM_EPSILON;
    double correction =
        StrictMath.sqrt(1 - StrictMath.pow(Recipe.ADAM_BETA_2, t))
            / (1 - StrictMath.pow(Recipe.ADAM_BETA_1, t));
    float stepSize = (float) (rate * correction);
    int n = parameters.length;
    for (int i = 0; i < n; i++) {
      float g = gradient[i];
      float m = b1 * state[i] + (1 - b1) * g;
      float v = b2 * state[n + i] + (1 - b2) * g * g;
      state[i] = m;
      state[n + i] = v;
      parameters[i] -= stepSize * m / ((float) Math.sqrt(v) + epsilon);
    }
  }
}
