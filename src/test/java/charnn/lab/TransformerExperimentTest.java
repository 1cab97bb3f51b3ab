package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.data.RandomBatches;
import charnn.engine.Logits;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
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
    int[] read = new SplittableRandom(1).ints(3 * T, 0, V).toArray();
    int[] targets = new SplittableRandom(2).ints(3 * T, 0, V).toArray();
    Gradients.check(network.graph(), network.parameters(), network.inputs(read, targets));
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
    BatchSource source = new RandomBatches(text(500), 4, T, 1);
    Batch batch = new Batch(4, T);
    try (ThreadTeam workers = new ThreadTeam(2)) {
      double before = network.loss(workers, text(100));
      for (int step = 0; step < 30; step++) {
        network.train(workers, source, batch, step, 0.02);
      }
      assertThat(network.loss(workers, text(100))).isLessThan(0.5 * before);
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
