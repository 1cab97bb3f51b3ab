package charnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSpecTest {
  @Test
  void anLstmOf16InputsAnd32UnitsHas6272Parameters() {
    assertThat(new NetworkSpec(CellType.LSTM, 16, 32, 1).layerSpecs().get(0).parameterCount())
        .isEqualTo(6272);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "65, 128, 2", "207, 31, 3", "16, 32, 1"})
  void anLstmHas4HTimesInputsPlusUnitsPlusOneParameters(int v, int h, int layers) {
    List<LayerSpec> layout = new NetworkSpec(CellType.LSTM, v, h, layers).layerSpecs();
    assertThat(layout).hasSize(layers + 1);
    for (int l = 0; l < layers; l++) {
      int inputs = l == 0 ? v : h;
      assertThat(layout.get(l).inputSize()).isEqualTo(inputs);
      assertThat(layout.get(l).columns()).isEqualTo(4 * h);
      assertThat(layout.get(l).parameterCount()).isEqualTo(4 * h * (inputs + h + 1));
    }
    assertThat(layout.get(layers).parameterCount()).isEqualTo(v * (h + 1));
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "65, 128, 2", "207, 31, 3", "65536, 1300, 16", "2, 5000, 4"})
  void theLayoutHasNoGapsAndNoOverlaps(int v, int h, int layers) {
    for (CellType cell : CellType.values()) {
      NetworkSpec architecture = new NetworkSpec(cell, v, h, layers);
      int at = 0;
      for (ParameterLayout.Layer layer : architecture.parameterLayout().layers()) {
        assertThat(layer.weights()).isEqualTo(at);
        at += layer.spec().inputSize() * layer.spec().inputColumns();
        assertThat(layer.recurrent()).isEqualTo(at);
        at += layer.spec().recurrentInputs() * layer.spec().recurrentColumns();
        assertThat(layer.bias()).isEqualTo(at);
        at += layer.spec().biasColumns();
        assertThat(layer.end()).isEqualTo(at);
      }
      assertThat(architecture.parameterCount()).isEqualTo(at).isPositive();
      assertThat(NetworkSpec.parameterCount(cell, v, h, layers)).isEqualTo(at);
    }
  }

  /** Of 16 inputs and 32 units, each with W, R and b of its own number of gate blocks. */
  @ParameterizedTest
  @CsvSource({"LSTM, 4, 4, 4", "GRU, 3, 3, 4", "RNN, 1, 1, 1", "MLSTM, 5, 5, 4"})
  void aLayersParametersAreThoseOfItsGateBlocks(CellType cell, int w, int r, int b) {
    assertThat(new NetworkSpec(cell, 16, 32, 1).layerSpecs().get(0).parameterCount())
        .isEqualTo(w * 16 * 32 + r * 32 * 32 + b * 32);
  }

  @Test
  void aPhasedLstmsTimeGateIsThreeBiasesAUnit() {
    int lstm = new NetworkSpec(CellType.LSTM, 16, 32, 1).parameterCount();
    assertThat(new NetworkSpec(CellType.PHASED_LSTM, 16, 32, 1).parameterCount())
        .isEqualTo(lstm + 3 * 32);
  }

  @Test
  void onlyTheOutputLayerLacksRecurrentWeights() {
    ParameterLayout layout = new NetworkSpec(CellType.LSTM, 65, 128, 2).parameterLayout();
    assertThat(layout.layers())
        .containsExactly(
            new ParameterLayout.Layer(new LayerSpec.Recurrent(CellType.LSTM, 65, 128), 0),
            new ParameterLayout.Layer(new LayerSpec.Recurrent(CellType.LSTM, 128, 128), 99_328),
            new ParameterLayout.Layer(new LayerSpec.Output(128, 65), 230_912));
    assertThat(layout.layer(1).recurrent()).isEqualTo(164_864);
    assertThat(layout.layer(1).bias()).isEqualTo(230_400);
    assertThat(layout.output().recurrent()).isEqualTo(layout.output().bias()).isEqualTo(239_232);
  }

  @Test
  void anArchitectureOfAFileThatNamesNoCellIsAnLstm() {
    assertThat(new NetworkSpec(null, 65, 128, 2))
        .isEqualTo(new NetworkSpec(CellType.LSTM, 65, 128, 2));
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "65536, 1, 16"})
  void takesValuesAtTheEndsOfTheirRanges(int v, int h, int layers) {
    assertThatNoException().isThrownBy(() -> new NetworkSpec(CellType.LSTM, v, h, layers));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 'vocabulary size must be 2 to 65536, got 1'",
    "65537, 1, 1, 'vocabulary size must be 2 to 65536, got 65537'",
    "2, 0, 1, 'hidden size must be 1 to 16384, got 0'",
    "2, 16385, 1, 'hidden size must be 1 to 16384, got 16385'",
    "2, -2147483648, 1, 'hidden size must be 1 to 16384, got -2147483648'",
    "2, 1, 0, 'layers must be 1 to 16, got 0'",
    "2, 1, 17, 'layers must be 1 to 16, got 17'",
  })
  void refusesValuesOutOfTheirRanges(int v, int h, int layers, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(CellType.LSTM, v, h, layers))
        .withMessage(message);
  }

  @Test
  void refusesMoreParametersThanTheOptimizersStateHasRoomFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(CellType.LSTM, 65_536, 16_384, 16))
        .withMessage(
            "a network of 16 layers of 16384 units has 38,655,819,776 parameters; the limit is 1,073,741,815:"
                + " lower hidden size or layers");
  }
}
