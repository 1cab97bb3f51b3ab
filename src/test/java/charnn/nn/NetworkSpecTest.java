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
    assertThat(new NetworkSpec(16, 32, 1).parameterLayout().get(0).parameterCount())
        .isEqualTo(6272);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "65, 128, 2", "207, 31, 3", "16, 32, 1"})
  void anLstmHas4HTimesInputsPlusUnitsPlusOneParameters(int v, int h, int layers) {
    List<NetworkSpec.Layer> layout = new NetworkSpec(v, h, layers).parameterLayout();
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
  @CsvSource({"2, 1, 1", "65, 128, 2", "207, 31, 3", "65536, 1700, 16", "2, 5700, 4"})
  void theLayoutHasNoGapsAndNoOverlaps(int v, int h, int layers) {
    NetworkSpec architecture = new NetworkSpec(v, h, layers);
    int at = 0;
    for (NetworkSpec.Layer layer : architecture.parameterLayout()) {
      assertThat(layer.weights()).isEqualTo(at);
      at += layer.inputSize() * layer.columns();
      if (layer.recurrent() >= 0) {
        assertThat(layer.recurrent()).isEqualTo(at);
        at += h * layer.columns();
      }
      assertThat(layer.bias()).isEqualTo(at);
      at += layer.columns();
    }
    assertThat(architecture.parameterCount()).isEqualTo(at).isPositive();
  }

  @Test
  void onlyTheOutputLayerLacksRecurrentWeights() {
    List<NetworkSpec.Layer> layout = new NetworkSpec(65, 128, 2).parameterLayout();
    assertThat(layout)
        .containsExactly(
            new NetworkSpec.Layer(65, 512, 0, 33_280, 98_816),
            new NetworkSpec.Layer(128, 512, 99_328, 164_864, 230_400),
            new NetworkSpec.Layer(128, 65, 230_912, -1, 239_232));
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 1", "65536, 1, 16"})
  void takesValuesAtTheEndsOfTheirRanges(int v, int h, int layers) {
    assertThatNoException().isThrownBy(() -> new NetworkSpec(v, h, layers));
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
        .isThrownBy(() -> new NetworkSpec(v, h, layers))
        .withMessage(message);
  }

  @Test
  void refusesMoreParametersThanTheOptimizersStateHasRoomFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NetworkSpec(65_536, 16_384, 16))
        .withMessage(
            "a network of 16 layers of 16384 units has 38,655,819,776 parameters; the limit is 1,073,741,815:"
                + " lower hidden size or layers");
  }
}
