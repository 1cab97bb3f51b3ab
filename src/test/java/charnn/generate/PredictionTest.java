package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.predict.Alternative;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTest {
  private static final int V = 30;
  private static final Vocabulary VOCABULARY =
      Vocabulary.of(IntStream.range('A', 'A' + V).toArray());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, V - 1, V, 1000})
  void theAlternativesAreTheMostProbableInOrder(int count) {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 50; trial++) {
      float[] logits = new float[V];
      for (int k = 0; k < V; k++) {
        logits[k] = random.nextInt(12); // many are tied
      }
      float[] row = new float[3 + V];
      System.arraycopy(logits, 0, row, 3, V);
      int token = random.nextInt(V);
      Prediction prediction = Prediction.of(row, 3, VOCABULARY, token, count);
      double[] p = Logits.softmax(logits);
      assertThat(Math.exp(prediction.logProbability())).isCloseTo(p[token], within(1e-12));
      List<Integer> order =
          IntStream.range(0, V)
              .boxed()
              .sorted(Comparator.comparing((Integer k) -> -logits[k]))
              .limit(count)
              .toList();
      assertThat(prediction.alternatives()).hasSize(order.size());
      for (int i = 0; i < order.size(); i++) {
        Alternative alternative = prediction.alternatives().get(i);
        assertThat(alternative.character()).isEqualTo(Character.toString('A' + order.get(i)));
        assertThat(alternative.probability()).isCloseTo(p[order.get(i)], within(1e-12));
      }
    }
  }

  @Test
  void whatIsAlmostImpossibleHasALogarithm() {
    float[] logits = new float[V];
    logits[7] = -5000;
    assertThat(Prediction.of(logits, 0, VOCABULARY, 7, 0).logProbability())
        .isCloseTo(-5000 - Math.log(V - 1), within(1e-6));
  }
}
