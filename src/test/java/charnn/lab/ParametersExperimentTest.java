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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    var layers = network.architecture().parameterLayout();
    assertColumnsHaveSevenLevels(network, quantised, layers.layer(0).weights(), 32, 4);
    assertColumnsHaveSevenLevels(network, quantised, layers.layer(0).recurrent(), 32, 8);
    assertColumnsHaveSevenLevels(network, quantised, layers.output().weights(), 4, 8);
    // W 4 x 32, R 8 x 32 and W 8 x 4 of 3 bits; a scale for each column; 32 and 4 biases.
    int weights = 4 * 32 + 8 * 32 + 8 * 4;
    assertThat(quantised.bytes())
        .isEqualTo(weights * 3 / 8.0 + 4 * (32 + 32 + 4) + 4 * (32 + 4), Offset.offset(1e-9));
  }

  /**
   * From a parameter on: columns of weights, each with a scale, which is a third of its largest.
   */
  private static void assertColumnsHaveSevenLevels(
      Network network, Smaller quantised, int from, int columns, int rows) {
    for (int begin = from; begin < from + columns * rows; begin += rows) {
      float[] weights = Arrays.copyOfRange(network.parameters(), begin, begin + rows);
      double most = 0;
      for (float weight : weights) {
        most = Math.max(most, Math.abs(weight));
      }
      double scale = most / 3;
      for (int i = 0; i < rows; i++) {
        double level = quantised.parameters()[begin + i] / scale;
        assertThat(level).isCloseTo(Math.rint(level), Offset.offset(1e-5)).isBetween(-3.1, 3.1);
        assertThat(Math.abs(weights[i] / scale - level)).isLessThan(0.5 + 1e-5);
      }
    }
  }

  @Test
  void withoutTimeNoLossIsMeasured(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ParametersExperiment()
        .run(LabFixture.lab(folder, Map.of(), Duration.ZERO, out, line -> {}));
    String[] parts = out.toString(StandardCharsets.UTF_8).split("\n\n");
    assertThat(parts).hasSize(2);
    assertThat(parts[1]).isEqualTo("No loss was measured in the time.\n");
    assertThat(folder.resolve("smaller.png")).doesNotExist();
  }
}
