package charnn.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.engine.NaiveNetwork;
import charnn.engine.Networks;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputGradientsTest {
  private static final int V = 8;
  private static final int H = 5;

  /**
   * Every character of the passage is another one, so that a weight of W reaches one place: the
   * numeric gradient with respect to the row of W is that with respect to the embedding there.
   */
  @ParameterizedTest
  @EnumSource
  void normsAreThoseOfTheNumericGradient(CellType cell) {
    Network network = Networks.random(cell, V, H, 2, 3);
    int[] passage = {4, 0, 6, 1, 3};
    InputGradients gradients =
        InputGradients.of(network).read(passage, new RecurrentState(network.architecture(), 1));
    for (int at : new int[] {4, 2, 0, 4}) {
      double[] norms = gradients.norms(at, 7);
      assertThat(norms).hasSize(at + 1);
      for (int t = 0; t <= at; t++) {
        assertThat(norms[t]).isCloseTo(numeric(network, passage, at, t), within(2e-5));
      }
    }
  }

  private static double numeric(Network network, int[] passage, int at, int place) {
    NetworkSpec spec = network.architecture();
    ParameterLayout.Layer first = spec.parameterLayout().layer(0);
    double[] p = NaiveNetwork.toDoubles(network.parameters());
    double sum = 0;
    double eps = 1e-5;
    for (int j = 0; j < first.spec().inputColumns(); j++) {
      int weight = first.weights() + passage[place] + j * V;
      double kept = p[weight];
      p[weight] = kept + eps;
      double above = loss(spec, p, passage, at);
      p[weight] = kept - eps;
      double below = loss(spec, p, passage, at);
      p[weight] = kept;
      sum += Math.pow((above - below) / (2 * eps), 2);
    }
    return Math.sqrt(sum);
  }

  private static double loss(NetworkSpec spec, double[] p, int[] passage, int at) {
    NaiveNetwork naive = new NaiveNetwork(spec, p, 0);
    double[] logits = {};
    for (int t = 0; t <= at; t++) {
      logits = naive.step(passage[t]);
    }
    return NaiveNetwork.loss(logits, 7);
  }
}
