package charnn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of a phased LSTM, a sum of as many numbers as characters were read. */
class PhasedClockTest {
  private static final int UNITS = 64;
  private static final int CHARACTERS = 100_000;

  /**
   * Rounding makes a period another by a ten-millionth of a period a character: 0.01 of a period
   * after 100,000 characters.
   */
  @ParameterizedTest
  @EnumSource(names = {"SIMD", "SCALAR"})
  void itIsTheTimeModuloThePeriod(EngineType kind) {
    NetworkSpec spec = new NetworkSpec(CellType.PHASED_LSTM, 2, UNITS, 1);
    Network network = Network.initialised(spec, 7);
    ParameterLayout.Layer layer = spec.parameterLayout().layer(0);
    try (ThreadTeam alone = new ThreadTeam(1)) {
      InferencePass pass = kind.create(alone).inference(network, 1);
      RecurrentState state = new RecurrentState(spec, 1);
      float[] logits = new float[2];
      double worst = 0;
      for (int n = 1; n <= CHARACTERS; n++) {
        pass.step(new int[] {n % 2}, logits);
        if (n % 1000 == 0) {
          pass.save(0, state);
          for (int u = 0; u < UNITS; u++) {
            double p = network.parameters()[layer.bias() + 4 * UNITS + u];
            double exact = n / (1 + Math.exp(-p)) % 1;
            float clock = state.values()[2][0][u];
            assertThat(clock).isGreaterThanOrEqualTo(0).isLessThan(1);
            double apart = Math.abs(clock - exact);
            worst = Math.max(worst, Math.min(apart, 1 - apart) / n);
          }
        }
      }
      assertThat(worst).isLessThan(2e-7);
    }
  }
}
