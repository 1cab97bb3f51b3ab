package charnn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightDropTest {
  private static final double PROBABILITY = 0.3;
  private static final float KEPT = (float) (1 / 0.7);

  private final Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 11, 40, 2), 5);
  private final WeightDrop drop = new WeightDrop(network, PROBABILITY, 7);

  private float[] factors(long step, ThreadTeam workers) {
    float[] factors = new float[network.parameters().length];
    Arrays.fill(factors, 1);
    drop.backpropagate(step, factors, workers);
    return factors;
  }

  @Test
  void dropsItsShareOfRecurrentWeightsAndNoOthers() {
    float[] factors;
    try (ThreadTeam alone = new ThreadTeam(1)) {
      factors = factors(3, alone);
    }
    List<ParameterLayout.Layer> layout = network.architecture().parameterLayout().layers();
    int dropped = 0;
    int recurrent = 0;
    for (int i = 0; i < factors.length; i++) {
      int place = i;
      boolean isRecurrent =
          layout.stream().anyMatch(l -> place >= l.recurrent() && place < l.bias());
      if (isRecurrent) {
        assertThat(factors[i] == 0 || factors[i] == KEPT).as("place %d", i).isTrue();
        recurrent++;
        dropped += factors[i] == 0 ? 1 : 0;
      } else {
        assertThat(factors[i]).as("place %d", i).isEqualTo(1);
      }
    }
    // 12,800 draws: five standard deviations are 0.02.
    assertThat(recurrent).isEqualTo(2 * 40 * 160);
    assertThat((double) dropped / recurrent).isCloseTo(PROBABILITY, within(0.02));
  }

  @Test
  void theGradientIsOfTheWeightsThatWereUsed() {
    try (ThreadTeam workers = new ThreadTeam(3)) {
      float[] before = network.parameters().clone();
      drop.drop(4, workers);
      assertThat(network.parameters()).isEqualTo(before);
      float[] factors = factors(4, workers);
      float[] used = drop.network().parameters();
      for (int i = 0; i < used.length; i++) {
        assertThat(used[i]).as("place %d", i).isEqualTo(before[i] * factors[i]);
      }
    }
  }

  @Test
  void everyStepDropsOthersWhateverTheWorkers() {
    try (ThreadTeam alone = new ThreadTeam(1);
        ThreadTeam three = new ThreadTeam(3)) {
      assertThat(factors(1, alone)).isEqualTo(factors(1, three));
      assertThat(factors(1, alone)).isNotEqualTo(factors(2, alone));
    }
  }
}
