package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.Logits;
import charnn.lab.CharTransformer.Window;
import charnn.util.ThreadTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TransformerExperimentTest {
  private static final int V = 5;
  private static final int T = 6;

  private static CharTransformer network(DataType type) {
    return new CharTransformer(V, T, 8, 2, type, new SplittableRandom(1));
  }

  @Test
  void gradientsAreRight() {
    CharTransformer network = network(DataType.DOUBLE);
    List<Window> windows = List.of(new Window(0, 0), new Window(9, 2), new Window(5, 0));
    Gradients.check(network.graph(), network.parameters(), network.inputs(text(20), windows));
  }

  @Test
  void parametersAreCounted() {
    assertThat(
            network(DataType.FLOAT).parameters().values().stream()
                .mapToLong(INDArray::length)
                .sum())
        .isEqualTo(CharTransformer.parameterCount(V, T, 8, 2));
  }

  @Test
  void aLaterCharacterChangesNoEarlierPrediction() {
    CharTransformer network = network(DataType.FLOAT);
    float[][] one = network.logits(new char[] {0, 1, 2, 3, 4, 0});
    float[][] other = network.logits(new char[] {0, 1, 2, 3, 1, 2});
    for (int i = 0; i < 4; i++) {
      assertThat(other[i]).isEqualTo(one[i]);
    }
    assertThat(other[4]).isNotEqualTo(one[4]);
  }

  @Test
  void everyCharacterIsScoredOnce() {
    CharTransformer network = network(DataType.DOUBLE);
    char[] text = text(3 * T + 2);
    double sum = 0;
    for (int at = 1; at < text.length; at++) {
      int from = at <= T ? 0 : Math.min((at - T / 2 - 1) / (T / 2) * (T / 2), text.length - 1 - T);
      float[][] logits = network.logits(Arrays.copyOfRange(text, from, from + T));
      sum -= Logits.logProbability(logits[at - 1 - from], 0, V, text[at]);
    }
    try (ThreadTeam workers = new ThreadTeam(2)) {
      assertThat(network.loss(workers, text))
          .isEqualTo(sum / (text.length - 1), Offset.offset(1e-5));
    }
  }

  @Test
  void itLearns() {
    CharTransformer network = network(DataType.FLOAT);
    SplittableRandom random = new SplittableRandom(1);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      double before = network.loss(workers, text(100));
      for (int step = 0; step < 30; step++) {
        network.train(workers, text(500), random, 0.02);
      }
      assertThat(network.loss(workers, text(100))).isLessThan(0.5 * before);
    }
  }

  @Test
  void withoutTimeThereIsNoResult(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> options = Map.of("units", "16", "blocks", "1", "context", "8");
    new TransformerExperiment()
        .run(LabFixture.lab(folder, options, Duration.ZERO, out, line -> {}));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("LSTM: ", "transformer: ")
        .endsWith("\nnone\n")
        .doesNotContain("writes");
  }

  @Test
  void theTrainingLossIsTheMeanSinceTheLastMeasurement(@TempDir Path folder) throws IOException {
    Lab lab = LabFixture.lab(folder, Map.of());
    try (TextTask task = new TextTask(lab.corpus(List.of()))) {
      float[] logits = new float[task.vocabulary.size()];
      double never = Double.MIN_VALUE; // Each step ends an interval.
      List<double[]> points =
          TransformerExperiment.follow(
              lab, task, "model", never, 7, (step, over) -> 9 - step, () -> 3.5, text -> logits);
      assertThat(points).hasSize(10);
      for (int i = 0; i < points.size(); i++) {
        assertThat(points.get(i)).endsWith(7 * (i + 1), 9 - i, 3.5);
      }
    }
  }

  /** Returns a text that repeats itself. */
  private static char[] text(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (i * i % 7 % V);
    }
    return text;
  }
}
