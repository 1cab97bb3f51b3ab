package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Batch;
import charnn.data.Corpora;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.engine.InferencePass;
import charnn.engine.Logits;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class GradientsExperimentTest {
  private static final int UNITS = 6;
  private static final int TARGET = 2;
  private static final float STEP = 1e-2f;
  private static final Offset<Double> TOLERANCE = Offset.offset(5e-4);

  @Test
  void theChainRuleGivesWhatNumericDifferencesGive() {
    List<Object[]> rows = GradientsExperiment.example().rows();
    assertThat(rows).hasSize(6);
    for (Object[] row : rows) {
      assertThat((Double) row[1]).isNotZero().isCloseTo((Double) row[2], Offset.offset(1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RNN", "LSTM", "GRU"})
  void gradientsAreThoseOfCharnnsEngine(CellType cell) {
    Network network = Network.initialised(new NetworkSpec(cell, 5, UNITS, 1), 7);
    RecurrentState state = randomState(network, 1);
    int[] text = {3, 0, 4, 1};
    Batch batch = new Batch(1, text.length);
    System.arraycopy(text, 0, batch.inputs(), 0, text.length);
    INDArray[][] gradients = new SameDiffNetwork(network, batch, state).lossGradients(TARGET);
    for (int s = 0; s < cell.states(); s++) {
      for (int unit = 0; unit < UNITS; unit++) {
        float[] at = state.values()[s][0];
        float value = at[unit];
        at[unit] = value + STEP;
        double above = loss(network, text, state);
        at[unit] = value - STEP;
        double below = loss(network, text, state);
        at[unit] = value;
        assertThat(gradients[s][text.length].getDouble(0, unit))
            .isCloseTo((above - below) / (2 * STEP), TOLERANCE);
      }
    }
  }

  private static double loss(Network network, int[] text, RecurrentState state) {
    float[] logits = new float[network.architecture().vocabularySize()];
    try (ThreadTeam workers = new ThreadTeam(1)) {
      InferencePass pass = EngineType.SCALAR.create(workers).inference(network, 1);
      pass.load(0, state);
      for (int character : text) {
        pass.step(new int[] {character}, logits);
      }
    }
    return -Logits.logProbability(logits, 0, logits.length, TARGET);
  }

  @ParameterizedTest
  @EnumSource(names = {"RNN", "LSTM", "GRU"})
  void jacobiansAreThoseOfCharnnsEngine(CellType cell) {
    Network network = Network.initialised(new NetworkSpec(cell, 5, UNITS, 1), 7);
    int size = cell.states() * UNITS;
    RecurrentState one = randomState(network, 1);
    RecurrentState equal = new RecurrentState(network.architecture(), size);
    for (int row = 0; row < size; row++) {
      equal.copyRow(row, one, 0);
    }
    INDArray jacobian = new SameDiffNetwork(network, new Batch(size, 1), equal).jacobian();
    for (int j = 0; j < size; j++) {
      float[] at = one.values()[j / UNITS][0];
      float value = at[j % UNITS];
      at[j % UNITS] = value + STEP;
      RecurrentState above = next(network, one);
      at[j % UNITS] = value - STEP;
      RecurrentState below = next(network, one);
      at[j % UNITS] = value;
      for (int i = 0; i < size; i++) {
        double difference =
            above.values()[i / UNITS][0][i % UNITS] - below.values()[i / UNITS][0][i % UNITS];
        assertThat(jacobian.getDouble(i, j)).isCloseTo(difference / (2 * STEP), TOLERANCE);
      }
    }
  }

  private static RecurrentState next(Network network, RecurrentState state) {
    RecurrentState after = new RecurrentState(network.architecture(), 1);
    try (ThreadTeam workers = new ThreadTeam(1)) {
      InferencePass pass = EngineType.SCALAR.create(workers).inference(network, 1);
      pass.load(0, state);
      pass.step(new int[1], new float[network.architecture().vocabularySize()]);
      pass.save(0, after);
    }
    return after;
  }

  private static RecurrentState randomState(Network network, long seed) {
    RecurrentState state = new RecurrentState(network.architecture(), 1);
    SplittableRandom random = new SplittableRandom(seed);
    for (float[][] layers : state.values()) {
      for (int i = 0; i < UNITS; i++) {
        layers[0][i] = (float) (random.nextDouble() - 0.5);
      }
    }
    return state;
  }

  @Test
  void anOpenForgetGateKeepsTheGradientAndAClosedOneLosesIt() throws Exception {
    Corpus corpus =
        Corpora.read(List.of(Path.of("corpora/tales.txt")), new DecodingSettings(null, false));
    try (TextTask task = new TextTask(corpus)) {
      double rnn = rate(task, task.network(CellType.RNN, 16, 1), 0);
      Network lstm = task.network(CellType.LSTM, 16, 1);
      double learned = rate(task, lstm, 1);
      GradientsExperiment.forceForgetGate(lstm, 50);
      double open = rate(task, lstm, 1);
      GradientsExperiment.forceForgetGate(lstm, -50);
      double closed = rate(task, lstm, 1);
      assertThat(open).isBetween(0.97, 1.05);
      assertThat(closed).isLessThan(learned);
      assertThat(learned).isLessThan(open);
      assertThat(rnn).isLessThan(open);
    }
  }

  private static double rate(TextTask task, Network network, int state) {
    return GradientsExperiment.rate(GradientsExperiment.norms(task, network, 20)[state]);
  }

  @Test
  void aScaleThatIsGivenTwiceIsOneCurve(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> given =
        Map.of("units", "2", "steps", "1", "reach", "20", "scales", "1,1.0,2");
    new GradientsExperiment().run(LabFixture.lab(folder, given, null, out, line -> {}));
    String[] parts = out.toString(StandardCharsets.UTF_8).split("\n\n");
    assertThat(parts[2].lines().skip(2)).hasSize(2);
  }

  @Test
  void whatTheTimeDoesNotAllowToTrainIsNoResult(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new GradientsExperiment()
        .run(LabFixture.lab(folder, Map.of("units", "2"), Duration.ZERO, out, line -> {}));
    String[] parts = out.toString(StandardCharsets.UTF_8).split("\n\n");
    assertThat(parts).hasSize(4);
    assertThat(parts[1].lines().skip(2)).singleElement().asString().contains("untrained RNN");
    assertThat(parts[2]).contains("none");
    assertThat(parts[3]).contains("none");
  }
}
