package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optimizers are what docs/lab/optimizers.md says. */
class OptimizerTest {
  private static final double RATE = 0.1;
  private static final double EPSILON = 1e-8;

  /** Also gradients as small as epsilon, where it matters where epsilon stands. */
  private static final float[] GRADIENTS = {3, -1, 0.5f, 2e-8f, 0, -2e-8f};

  @ParameterizedTest
  @ValueSource(strings = {"SGD", "Nesterov momentum", "RMSprop", "Adam"})
  void stepsAreThoseOfTheFormula(String name) {
    for (float scale : new float[] {1, 1e-8f, 1e-4f}) {
      Optimizer optimizer = new Optimizer(Optimizer.of(name, RATE), 1);
      float[] parameter = {0};
      double[] state = {0, name.equals("RMSprop") ? EPSILON : 0};
      for (int t = 1; t <= GRADIENTS.length; t++) {
        parameter[0] = 0;
        float gradient = scale * GRADIENTS[t - 1];
        optimizer.update(parameter, new float[] {gradient});
        double change = change(name, gradient, state, t);
        assertThat((double) parameter[0])
            .as("step %d at scale %s", t, scale)
            .isCloseTo(change, Offset.offset(1e-5 * Math.abs(change) + 1e-20));
      }
    }
  }

  /** Returns the change of w by one step, and changes the state: v, or m and s. */
  private static double change(String name, double g, double[] state, int t) {
    switch (name) {
      case "SGD":
        return -RATE * g;
      case "Nesterov momentum":
        state[0] = 0.9 * state[0] - RATE * g;
        return 0.9 * state[0] - RATE * g;
      case "RMSprop":
        state[1] = 0.95 * state[1] + 0.05 * g * g;
        return -RATE * g / (Math.sqrt(state[1]) + EPSILON);
      default:
        state[0] = 0.9 * state[0] + 0.1 * g;
        state[1] = 0.999 * state[1] + 0.001 * g * g;
        double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
        return -rate * state[0] / (Math.sqrt(state[1]) + EPSILON);
    }
  }

  @Test
  void anUnknownNameIsNoOptimizer() {
    assertThatThrownBy(() -> Optimizer.of("momentum", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("momentum");
  }
}
