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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightDropTest {
  private static final double PROBABILITY = 0.3;
  private static final float KEPT = (float) (1 / 0.7);

  private Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 11, 40, 2), 5);
  private WeightDrop drop = new WeightDrop(network, PROBABILITY, 7);

  private float[] factors(long step, ThreadTeam workers) {
    float[] factors = new float[network.parameters().length];
    Arrays.fill(factors, 1);
    drop.backpropagate(step, factors, workers);
    return factors;
  }

  @ParameterizedTest
  @CsvSource({"LSTM,4", "GRU,3", "RNN,1", "MLSTM,5", "PHASED_LSTM,4"})
  void dropsItsShareOfRecurrentWeightsAndNoOthers(CellType cell, int blocks) {
    network = Network.initialised(new NetworkSpec(cell, 11, 40, 2), 5);
    drop = new WeightDrop(network, PROBABILITY, 7);
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
    // Five standard deviations: 0.02 of the LSTM's 12,800 draws.
    assertThat(recurrent).isEqualTo(2 * 40 * 40 * blocks);
    double five = 5 * Math.sqrt(PROBABILITY * (1 - PROBABILITY) / recurrent);
    assertThat((double) dropped / recurrent).isCloseTo(PROBABILITY, within(five));
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
