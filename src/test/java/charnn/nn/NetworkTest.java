package charnn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Vocabulary;
import charnn.engine.InferencePass;
import charnn.engine.registry.EngineType;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {
  @ParameterizedTest
  @EnumSource
  void aGrownNetworkThinksTheSameOfTheCharactersItKnew(CellType cell) {
    Vocabulary vocabulary = Vocabulary.ofText("bdf");
    Vocabulary larger = vocabulary.with("abcdz");
    Network network = Network.initialised(new NetworkSpec(cell, 3, 5, 2), 4);
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
  @EnumSource
  void aParameterThatMakesAnyResultOverflowIsNotFinite(CellType cell) {
    Network network = Network.initialised(new NetworkSpec(cell, 3, 5, 2), 4);
    assertThat(network.isFinite()).isTrue();
    for (float value :
        new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f}) {
      for (int i = 0; i < network.parameters().length; i++) {
        float before = network.parameters()[i];
        network.parameters()[i] = value;
        assertThat(network.isFinite()).as("parameter %d", i).isFalse();
        network.parameters()[i] = before;
      }
    }
  }

  @Test
  void aNetworkIsNotFiniteIfOnlyTheSumsOverflow() {
    Network network = Network.initialised(new NetworkSpec(CellType.LSTM, 3, 5, 2), 4);
    Arrays.fill(network.parameters(), 1e36f);
    assertThat(network.isFinite()).isTrue();
    Arrays.fill(network.parameters(), 1e37f);
    assertThat(network.isFinite()).isFalse();
  }

  /**
   * Parameters of very different sizes, by matrix and by column, enlarged as far as is still called
   * finite: all that comes out is a number, in either engine, for a text alone or among others.
   */
  @ParameterizedTest
  @EnumSource
  void whatIsCalledFiniteGivesFiniteResults(CellType cell) {
    try (ThreadTeam alone = new ThreadTeam(1)) {
      for (int seed = 0; seed < 60; seed++) {
        Network network = extreme(cell, seed);
        assertThat(network.isFinite()).isTrue();
        for (EngineType kind : new EngineType[] {EngineType.SCALAR, EngineType.SIMD}) {
          for (int texts : new int[] {1, 5}) {
            assertFinite(kind.create(alone).inference(network, texts), network, texts);
          }
        }
      }
    }
  }

  private static void assertFinite(InferencePass pass, Network network, int texts) {
    float[] logits = new float[3 * texts];
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    for (int step = 0; step < 8; step++) {
      int[] characters = new int[texts];
      Arrays.fill(characters, step % 3);
      pass.step(characters, logits);
      for (float logit : logits) {
        assertThat(logit).isFinite();
      }
      pass.save(texts - 1, state);
      assertThat(state.isFinite()).isTrue();
    }
  }

  /** Returns a network just below the limit. */
  private static Network extreme(CellType cell, long seed) {
    NetworkSpec spec = new NetworkSpec(cell, 3, 5, 2);
    float[] parameters = new float[spec.parameterCount()];
    SplittableRandom random = new SplittableRandom(seed);
    int spread = seed % 3 == 0 ? 0 : 120; // in powers of 2
    for (ParameterLayout.Layer layer : spec.parameterLayout().layers()) {
      fill(parameters, layer.weights(), layer.recurrent(), spread, random);
      fill(parameters, layer.recurrent(), layer.bias(), spread, random);
      fill(parameters, layer.bias(), layer.end(), spread, random);
    }
    double low = -300;
    double high = 300;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (new Network(spec, scaled(parameters, middle)).isFinite()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Network(spec, scaled(parameters, low));
  }

  private static void fill(
      float[] parameters, int from, int to, int spread, SplittableRandom random) {
    double exponent = spread * (random.nextDouble() - 0.5);
    for (int i = from; i < to; i++) {
      double more = random.nextInt(4) == 0 ? spread * (random.nextDouble() - 0.5) : 0;
      double sign = random.nextInt(8) == 0 ? -1 : 1;
      parameters[i] = (float) (sign * Math.pow(2, exponent + more));
    }
  }

  private static float[] scaled(float[] parameters, double exponent) {
    float[] scaled = new float[parameters.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (parameters[i] * Math.pow(2, exponent));
    }
    return scaled;
  }
}
