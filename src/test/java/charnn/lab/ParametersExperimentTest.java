package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.InferencePass;
import charnn.engine.registry.EngineType;
import charnn.lab.ParametersExperiment.Part;
import charnn.lab.ParametersExperiment.Smaller;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersExperimentTest {
  @ParameterizedTest
  @CsvSource({
    "RNN, 20, 128, 10, 20362, 20224",
    "LSTM, 16, 32, 10, 6602, 6464",
    "GRU, 16, 32, 10, 5066, 4928",
  })
  void formulasAndLibrariesAgree(String kind, int d, int n, int outputs, long all, long weights) {
    DataTable table = new DataTable("layer", "by formula", "counted", "without biases");
    Part layer = new Part(kind, d, n);
    ParametersExperiment.count(table, 5, layer, new Part("softmax", n, outputs));
    List<Object[]> rows = table.rows();
    assertThat(rows).hasSize(3).allMatch(row -> row[1].equals(row[2]));
    assertThat(rows.get(2)).endsWith(all, all, weights);
  }

  @Test
  void theClassifierHasThePublishedCountsButForTheDenseLayer() {
    DataTable table = new DataTable("layer", "by formula", "counted", "without biases");
    ParametersExperiment.count(
        table,
        10,
        new Part("embedding", 1000, 16),
        new Part("LSTM", 16, 32),
        new Part("dense", 32, 256),
        new Part("dense", 256, 1));
    double[] counts = {16_000, 6272, 8448, 257, 30_977};
    assertThat(table.column(1)).containsExactly(counts);
    assertThat(table.column(2)).containsExactly(counts);
  }

  @Test
  void aUnitThatIsLeftOutHasNoEffect() {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 4, 8, 2), 1);
    Smaller half = ParametersExperiment.withFewerUnits(network, 0.5);
    assertThat(half.count()).isEqualTo(new NetworkSpec(CellType.LSTM, 4, 4, 2).parameterCount());
    Network changed = new Network(network.architecture(), half.parameters().clone());
    int columns = 0;
    for (int l = 0; l < 2; l++) {
      var layer = network.architecture().parameterLayout().layer(l);
      for (int unit = 0; unit < 8; unit++) {
        if (changed.parameters()[layer.recurrent() + unit] == 0) {
          columns++;
          changed.parameters()[layer.bias() + unit] += 1;
        }
      }
    }
    assertThat(columns).isEqualTo(8);
    assertThat(logits(changed))
        .isEqualTo(logits(new Network(network.architecture(), half.parameters())));
    assertThat(logits(new Network(network.architecture(), half.parameters())))
        .isNotEqualTo(logits(network));
  }

  private static float[] logits(Network network) {
    float[] logits = new float[network.architecture().vocabularySize()];
    try (ThreadTeam workers = new ThreadTeam(1)) {
      InferencePass pass = EngineType.SCALAR.create(workers).inference(network, 1);
      for (int character : new int[] {1, 3, 0, 2}) {
        pass.step(new int[] {character}, logits);
      }
    }
    return logits;
  }

  @Test
  void pruningAndQuantisingKeepWhatTheySay() {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 4, 8, 1), 1);
    float[] pruned = ParametersExperiment.pruned(network, 0.7).parameters();
    long zeros = IntStream.range(0, pruned.length).filter(i -> pruned[i] == 0).count();
    assertThat((double) zeros / pruned.length).isBetween(0.69, 0.72);
    Smaller quantised = ParametersExperiment.quantised(network, 3);
    Set<Float> levels = new HashSet<>();
    for (float weight : Arrays.copyOf(quantised.parameters(), 4)) {
      levels.add(weight);
    }
    assertThat(levels).hasSizeLessThanOrEqualTo(7);
    // W 4 x 32, R 8 x 32 and W 8 x 4 of 3 bits; a scale for each column; 32 and 4 biases.
    int weights = 4 * 32 + 8 * 32 + 8 * 4;
    assertThat(quantised.bytes())
        .isEqualTo(weights * 3 / 8.0 + 4 * (32 + 32 + 4) + 4 * (32 + 4), Offset.offset(1e-9));
  }
}
