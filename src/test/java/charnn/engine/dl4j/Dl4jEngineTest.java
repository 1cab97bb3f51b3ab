package charnn.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.Networks;
import charnn.engine.TrainingPass;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Charnn's own engines against DL4J, which shares nothing with them but the parameters. */
class Dl4jEngineTest {
  private static final int V = 87;
  private static final int B = 5;
  private static final int T = 9;

  protected CellType cell() {
    return CellType.LSTM;
  }

  private final Network network = Networks.random(cell(), V, 13, 2, 1);
  private final Batch batch = Networks.randomBatch(B, T, V, 2);
  private final Engine dl4j = new Dl4jEngine();

  @ParameterizedTest
  @EnumSource(
      value = EngineType.class,
      names = {"SIMD", "SCALAR"})
  void lossAndEveryGradientAreTheSame(EngineType kind) {
    requireTheSame(kind, batch);
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineType.class,
      names = {"SIMD", "SCALAR"})
  void ofPlacesThatCountTheyAreTheSame(EngineType kind) {
    requireTheSame(kind, Networks.maskedBatch(B, T, V, 0, 3));
    requireTheSame(kind, Networks.maskedBatch(B, T, V, 0.4, 4));
  }

  private void requireTheSame(EngineType kind, Batch batch) {
    Engine own = kind.create(new ThreadTeam(2));
    float[] expected = new float[network.parameters().length];
    float[] actual = new float[network.parameters().length];
    try (TrainingPass reference = dl4j.training(network, B, T, Dropout.NONE);
        TrainingPass pass = own.training(network, B, T, Dropout.NONE)) {
      LossMetrics theirs =
          reference.lossAndGradient(
              batch, new RecurrentState(network.architecture(), B), 0, expected);
      LossMetrics ours =
          pass.lossAndGradient(batch, new RecurrentState(network.architecture(), B), 0, actual);
      assertThat(ours.loss()).isCloseTo(theirs.loss(), within(1e-5 * theirs.loss()));
      assertThat(ours.correct()).isEqualTo(theirs.correct());
    }
    network
        .architecture()
        .parameterLayout()
        .layers()
        .forEach(
            layer -> {
              int from = layer.weights();
              int to = layer.end();
              assertThat(
                      Networks.relativeError(
                          java.util.Arrays.copyOfRange(actual, from, to),
                          java.util.Arrays.copyOfRange(expected, from, to)))
                  .as("layer at %d", from)
                  .isLessThan(1e-5);
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineType.class,
      names = {"SIMD", "SCALAR"})
  void outputsAndStateAreTheSameWithCarriedState(EngineType kind) {
    Engine own = kind.create(new ThreadTeam(2));
    RecurrentState theirState = new RecurrentState(network.architecture(), B);
    RecurrentState ourState = new RecurrentState(network.architecture(), B);
    try (Dl4jTrainingPass reference = new Dl4jTrainingPass(network, B, T, Dropout.NONE);
        TrainingPass pass = own.training(network, B, T, Dropout.NONE)) {
      for (int i = 0; i < 3; i++) {
        LossMetrics theirs = reference.loss(batch, theirState);
        LossMetrics ours = Networks.predict(pass, network, batch, ourState);
        assertThat(ours.loss()).isCloseTo(theirs.loss(), within(1e-5 * theirs.loss()));
      }
    }
    for (int l = 0; l < 2; l++) {
      for (int s = 0; s < cell().states(); s++) {
        assertThat(Networks.relativeError(ourState.values()[s][l], theirState.values()[s][l]))
            .isLessThan(1e-5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineType.class,
      names = {"SIMD", "SCALAR"})
  void inferenceGivesTheSameProbabilities(EngineType kind) {
    Engine own = kind.create(new ThreadTeam(2));
    InferencePass theirs = dl4j.inference(network, 3);
    InferencePass ours = own.inference(network, 3);
    float[] expected = new float[3 * V];
    float[] actual = new float[3 * V];
    for (int t = 0; t < 5; t++) {
      int[] characters = {t, 2 * t, 3 * t};
      theirs.step(characters, expected);
      ours.step(characters, actual);
      for (int r = 0; r < 3; r++) {
        double sum = 0;
        for (int k = 0; k < V; k++) {
          sum += Math.exp(actual[r * V + k]);
        }
        for (int k = 0; k < V; k++) {
          double p = Math.exp(actual[r * V + k]) / sum;
          assertThat(p).isCloseTo(Math.exp(expected[r * V + k]), within(1e-5 * p + 1e-9));
        }
      }
    }
  }

  @Test
  void refusesGradientsFromCarriedState() {
    RecurrentState carried = new RecurrentState(network.architecture(), B);
    carried.values()[cell().states() - 1][0][0] = 1;
    try (TrainingPass pass = dl4j.training(network, B, T, Dropout.NONE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> pass.lossAndGradient(batch, carried, 0, new float[network.parameters().length]))
          .withMessageContaining("zero state");
    }
  }

  /** With dropout the loss is DL4J's own: with next to none, it is that without. */
  @Test
  void withDropoutTheLossIsOfPlacesThatCount() {
    Batch masked = Networks.maskedBatch(B, T, V, 0.4, 5);
    float[] gradient = new float[network.parameters().length];
    try (TrainingPass without = dl4j.training(network, B, T, Dropout.NONE);
        TrainingPass with = dl4j.training(network, B, T, new Dropout(1e-7, false, 3))) {
      RecurrentState state = new RecurrentState(network.architecture(), B);
      double expected = without.lossAndGradient(masked, state, 1, gradient).loss();
      state.reset();
      assertThat(with.lossAndGradient(masked, state, 1, gradient).loss())
          .isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void dropoutChangesItsLossAndIsRepeatable() {
    float[] gradient = new float[network.parameters().length];
    try (TrainingPass without = dl4j.training(network, B, T, Dropout.NONE);
        TrainingPass with = dl4j.training(network, B, T, new Dropout(0.5, false, 3))) {
      LossMetrics plain =
          without.lossAndGradient(
              batch, new RecurrentState(network.architecture(), B), 1, gradient);
      LossMetrics first =
          with.lossAndGradient(batch, new RecurrentState(network.architecture(), B), 1, gradient);
      LossMetrics again =
          with.lossAndGradient(batch, new RecurrentState(network.architecture(), B), 1, gradient);
      assertThat(first.loss()).isNotEqualTo(plain.loss());
      assertThat(again.loss()).isEqualTo(first.loss());
    }
  }
}
