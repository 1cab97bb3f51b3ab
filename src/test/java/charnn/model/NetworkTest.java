package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.EngineKind;
import charnn.engine.InferencePass;
import charnn.engine.Workers;
import charnn.text.Alphabet;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void aGrownNetworkThinksTheSameOfTheCharactersItKnew() {
    Alphabet alphabet = Alphabet.ofText("bdf");
    Alphabet larger = alphabet.with("abcdz");
    Network network = Network.initialised(new Architecture(3, 5, 2), 4);
    for (int i = 0; i < 3; i++) {
      network.parameters()[network.parameters().length - 1 - i] = i - 1;
    }
    Network grown = network.grown(alphabet, larger, 9);
    assertThat(larger.size()).isEqualTo(6);
    float[] before = new float[3];
    float[] after = new float[6];
    try (Workers workers = new Workers(1)) {
      InferencePass old = EngineKind.SCALAR.create(workers).inference(network, 1);
      InferencePass now = EngineKind.SCALAR.create(workers).inference(grown, 1);
      for (int character : "bdffdbd".codePoints().toArray()) {
        old.step(new int[] {alphabet.indexOf(character)}, before);
        now.step(new int[] {larger.indexOf(character)}, after);
        for (int k = 0; k < 3; k++) {
          assertThat(after[larger.indexOf(alphabet.codePoint(k))]).isEqualTo(before[k]);
        }
      }
    }
    int bias = grown.parameters().length - 6;
    assertThat(grown.parameters()[bias + larger.indexOf('z')]).isEqualTo(-1);
  }
}
