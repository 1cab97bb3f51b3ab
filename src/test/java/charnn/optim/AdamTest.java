package charnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.model.Hyperparameters;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final ThreadTeam ALONE = new ThreadTeam(1);

  private static final double RATE = 0.01;

  @Test
  void followsThePublishedFormula() {
    int n = 7;
    SplittableRandom random = new SplittableRandom(11);
    float[] parameters = new float[n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      parameters[i] = (float) random.nextDouble(-1, 1);
      expected[i] = parameters[i];
    }
    float[] mean = new float[n];
    float[] variance = new float[n];
    double[] m = new double[n];
    double[] v = new double[n];
    float[] gradient = new float[n];
    Adam adam = adam(parameters, gradient, mean, variance);
    for (int t = 1; t <= 60; t++) {
      for (int i = 0; i < n; i++) {
        gradient[i] = (float) (random.nextDouble(-1, 1) * Math.pow(10, -i));
      }
      double rate = RATE / t;
      adam.update(t, rate, 1, ALONE);
      naiveUpdate(expected, m, v, gradient, t, rate);
      for (int i = 0; i < n; i++) {
        assertThat((double) parameters[i]).as("t %d", t).isCloseTo(expected[i], within(1e-6));
        assertThat((double) mean[i]).isCloseTo(m[i], within(1e-5 * Math.pow(10, -i)));
        assertThat((double) variance[i]).isCloseTo(v[i], within(1e-5 * v[i]));
      }
    }
  }

  @Test
  void theFirstUpdateMovesByTheRateAgainstTheSign() {
    float[] parameters = {1, 1, 1, 1};
    float[] gradient = {100, 0.01f, -0.5f, -1e-3f};
    adam(parameters, gradient, new float[4], new float[4]).update(1, RATE, 1, ALONE);
    float[] expected = {0.99f, 0.99f, 1.01f, 1.01f};
    assertThat(parameters).containsExactly(expected, within(1e-6f));
  }

  /** Added to the corrected root, as in Kingma and Ba's algorithm, it would leave 1/2. */
  @Test
  void epsilonIsOutsideOfTheBiasCorrections() {
    float[] parameters = {0};
    adam(parameters, new float[] {1e-8f}, new float[1], new float[1]).update(1, 1, 1, ALONE);
    assertThat(parameters[0]).isCloseTo(-1 / 11f, within(1e-5f));
  }

  @Test
  void aGradientOfZeroFromTheStartChangesNothing() {
    float[] parameters = {1, -2};
    float[] mean = new float[2];
    float[] variance = new float[2];
    adam(parameters, new float[2], mean, variance).update(1, RATE, 1, ALONE);
    assertThat(parameters).containsExactly(1, -2);
    assertThat(mean).containsOnly(0);
    assertThat(variance).containsOnly(0);
  }

  @Test
  void goesOnFromAGivenState() {
    float[] gradient = {0.3f, -0.2f};
    float[] through = {1, 2};
    float[] mean = new float[2];
    float[] variance = new float[2];
    Adam adam = adam(through, gradient, mean, variance);
    adam.update(1, RATE, 1, ALONE);
    float[] resumed = through.clone();
    float[] savedMean = mean.clone();
    float[] savedVariance = variance.clone();
    Adam goingOn = adam(resumed, gradient, savedMean, savedVariance);
    adam.update(2, RATE, 1, ALONE);
    goingOn.update(2, RATE, 1, ALONE);
    assertThat(resumed).isEqualTo(through);
    assertThat(savedMean).isEqualTo(mean);
    assertThat(savedVariance).isEqualTo(variance);
  }

  @Test
  void aFactorActsAsAGradientThatIsSoMuchSmaller() {
    float[] gradient = {0.3f, -0.2f};
    float[] scaled = {0.15f, -0.1f};
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      float[] parameters = {1, 2};
      Adam adam =
          adam(parameters, i == 0 ? gradient : scaled, new float[] {0.1f, 0.1f}, new float[2]);
      adam.update(3, RATE, i == 0 ? 0.5f : 1, ALONE);
      results[i] = parameters;
    }
    assertThat(results[0]).isEqualTo(results[1]);
  }

  /** Every kind of weight at its own rate, and biases without decay. */
  @Test
  void partsOfANetworkHaveTheirRatesAndDecay() {
    NetworkSpec architecture = new NetworkSpec(CellType.LSTM, 3, 2, 2);
    float[] parameters = new float[architecture.parameterCount()];
    float[] gradient = new float[parameters.length];
    Arrays.fill(parameters, 10);
    Arrays.fill(gradient, 1);
    Hyperparameters hyperparameters =
        Models.plain(1, 1, 1)
            .set(Hyperparameters.INPUT_FACTOR, 4.0)
            .set(Hyperparameters.RECURRENT_FACTOR, 0.5)
            .set(Hyperparameters.WEIGHT_DECAY, 0.25)
            .build();
    List<Adam.ParameterGroup> parts =
        Adam.groups(architecture, hyperparameters.schedule(), hyperparameters.regularization());
    new Adam(parameters, gradient, new float[gradient.length], new float[gradient.length], parts)
        .update(1, RATE, 1, ALONE);
    // By the layout in the design: input weights, recurrent weights, biases; the output layer last.
    float decay = (float) (RATE * 0.25 * 10);
    List<Float> expected = new ArrayList<>();
    expected.addAll(Collections.nCopies(3 * 8, (float) (10 - 4 * RATE - decay)));
    expected.addAll(Collections.nCopies(2 * 8, (float) (10 - 0.5 * RATE - decay)));
    expected.addAll(Collections.nCopies(8, (float) (10 - RATE)));
    expected.addAll(Collections.nCopies(2 * 8, (float) (10 - 0.5 * RATE - decay)));
    expected.addAll(Collections.nCopies(2 * 8, (float) (10 - 0.5 * RATE - decay)));
    expected.addAll(Collections.nCopies(8, (float) (10 - RATE)));
    expected.addAll(Collections.nCopies(2 * 3, (float) (10 - RATE - decay)));
    expected.addAll(Collections.nCopies(3, (float) (10 - RATE)));
    assertThat(parameters).hasSize(expected.size());
    for (int i = 0; i < parameters.length; i++) {
      assertThat(parameters[i]).as("parameter %d", i).isCloseTo(expected.get(i), within(1e-5f));
    }
  }

  private static Adam adam(float[] parameters, float[] gradient, float[] mean, float[] variance) {
    List<Adam.ParameterGroup> all = List.of(new Adam.ParameterGroup(0, parameters.length, 1, 0));
    return new Adam(parameters, gradient, mean, variance, all);
  }

  private static void naiveUpdate(
      double[] parameters, double[] m, double[] v, float[] gradient, long t, double rate) {
    double b1 = Hyperparameters.ADAM_BETA_1;
    double b2 = Hyperparameters.ADAM_BETA_2;
    for (int i = 0; i < parameters.length; i++) {
      double g = gradient[i];
      m[i] = b1 * m[i] + (1 - b1) * g;
      v[i] = b2 * v[i] + (1 - b2) * g * g;
      double corrected = rate * Math.sqrt(1 - Math.pow(b2, t)) / (1 - Math.pow(b1, t));
      parameters[i] -= corrected * m[i] / (Math.sqrt(v[i]) + Hyperparameters.ADAM_EPSILON);
    }
  }

  /** Against parameters before and after, for blocks that end within groups; any workers. */
  @Test
  void sizesAreThoseOfTheLatestUpdate() {
    int n = 70_000;
    SplittableRandom random = new SplittableRandom(5);
    float[] parameters = new float[n];
    float[] gradient = new float[n];
    for (int i = 0; i < n; i++) {
      parameters[i] = (float) random.nextDouble(-1, 1);
    }
    List<Adam.ParameterGroup> groups =
        List.of(
            new Adam.ParameterGroup(0, 20_001, 2, 0.02f),
            new Adam.ParameterGroup(20_001, 20_001, 1, 0.02f), // no recurrent weights
            new Adam.ParameterGroup(20_001, 21_000, 1, 0),
            new Adam.ParameterGroup(21_000, n, 0.3f, 0));
    Adam adam = new Adam(parameters, gradient, new float[n], new float[n], groups);
    float[] before = null;
    for (int t = 1; t <= 3; t++) {
      for (int i = 0; i < n; i++) {
        gradient[i] = (float) random.nextDouble(-0.01, 0.02);
      }
      before = parameters.clone();
      adam.update(t, RATE, 0.5f, ALONE);
    }
    boolean[] measured = {true, true, false, true};
    double[][] sizes = adam.sizes(measured, ALONE);
    for (int g = 0; g < measured.length; g++) {
      double[] expected = new double[3];
      for (int i = groups.get(g).from(); i < groups.get(g).to() && measured[g]; i++) {
        expected[Adam.GRADIENT] += Math.pow(gradient[i], 2);
        expected[Adam.WEIGHTS] += Math.pow(parameters[i], 2);
        expected[Adam.UPDATE] += Math.pow(before[i] - parameters[i], 2);
      }
      for (int q = 0; q < expected.length; q++) {
        assertThat(sizes[g][q]).isCloseTo(expected[q], within(1e-4 * expected[q]));
      }
    }
    try (ThreadTeam three = new ThreadTeam(3)) {
      assertThat(adam.sizes(measured, three)).isDeepEqualTo(sizes);
    }
  }
}
