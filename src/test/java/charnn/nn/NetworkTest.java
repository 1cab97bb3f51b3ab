package charnn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import charnn.engine.InferencePass;
import charnn.engine.registry.EngineType;
import charnn.util.ThreadTeam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @Test
  void aGrownNetworkThinksTheSameOfTheCharactersItKnew() {
    Vocabulary vocabulary = Vocabulary.ofText("bdf");
    Vocabulary larger = vocabulary.with("abcdz");
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 3, 5, 2), 4);
    for (int i = 0; i < 3; i++) {
      network.parameters()[network.parameters().length - 1 - i] = i - 1;
    }
    Network grown = network.grown(vocabulary, larger, 9);
    assertThat(larger.size()).isEqualTo(6);
    float[] before = new float[3];
    float[] after = new float[6];
    try (ThreadTeam workers = new ThreadTeam(1)) {
      InferencePass old = EngineType.SCALAR.create(workers).inference(network, 1);
      InferencePass now = EngineType.SCALAR.create(workers).inference(grown, 1);
      for (int character : "bdffdbd".codePoints().toArray()) {
        old.step(new int[] {vocabulary.indexOf(character)}, before);
        now.step(new int[] {larger.indexOf(character)}, after);
        for (int k = 0; k < 3; k++) {
          assertThat(after[larger.indexOf(vocabulary.codePoint(k))]).isEqualTo(before[k]);
        }
      }
    }
    int bias = grown.parameters().length - 6;
    assertThat(grown.parameters()[bias + larger.indexOf('z')]).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f})
  void aParameterThatMakesAnyResultOverflowIsNotFinite(float value) {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 3, 5, 2), 4);
    assertThat(network.isFinite()).isTrue();
    for (int i = 0; i < network.parameters().length; i++) {
      float before = network.parameters()[i];
      network.parameters()[i] = value;
      assertThat(network.isFinite()).as("parameter %d", i).isFalse();
      network.parameters()[i] = before;
    }
  }

  @Test
  void aNetworkIsNotFiniteIfOnlyTheSumsOverflow() {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 3, 5, 2), 4);
    java.util.Arrays.fill(network.parameters(), 1e36f);
    assertThat(network.isFinite()).isTrue();
    java.util.Arrays.fill(network.parameters(), 1e37f);
    assertThat(network.isFinite()).isFalse();
  }
}
