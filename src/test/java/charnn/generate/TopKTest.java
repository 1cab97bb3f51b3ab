package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {
  private static final float EXCLUDED = Float.NEGATIVE_INFINITY;
  private static final long SEED = 20;

  @Test
  void leavesTheMostProbableAsTheyAre() {
    assertThat(filtered(2, 1, 5, -3, 4)).containsExactly(EXCLUDED, 5, EXCLUDED, 4);
    assertThat(filtered(1, 1, 5, -3, 4)).containsExactly(EXCLUDED, 5, EXCLUDED, EXCLUDED);
  }

  @Test
  void leavesAllThatAreEqualAtTheBorder() {
    assertThat(filtered(2, 1, 5, 3, 3, 3)).containsExactly(EXCLUDED, 5, 3, 3, 3);
    assertThat(filtered(1, 7, 7)).containsExactly(7, 7);
  }

  @Test
  void leavesAllOfFewerThanK() {
    assertThat(filtered(3, 3, 1, 2)).containsExactly(3, 1, 2);
    assertThat(filtered(1000, 3, 1, 2)).containsExactly(3, 1, 2);
  }

  @Test
  void whatIsExcludedStaysExcluded() {
    assertThat(filtered(2, EXCLUDED, 1, EXCLUDED, EXCLUDED))
        .containsExactly(EXCLUDED, 1, EXCLUDED, EXCLUDED);
  }

  @Test
  void leavesThoseThatFewerThanKExceed() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 500; trial++) {
      float[] logits = new float[random.nextInt(1, 40)];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = random.nextInt(-10, 10);
      }
      int k = random.nextInt(1, 45);
      float[] filtered = filtered(k, logits);
      for (int i = 0; i < logits.length; i++) {
        assertThat(filtered[i])
            .as("seed %d, trial %d, k %d, place %d", SEED, trial, k, i)
            .isEqualTo(countAbove(logits, logits[i]) < k ? logits[i] : EXCLUDED);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void refusesAKBelowOne(int k) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopK(k))
        .withMessage("k must be 1 or more, got " + k);
  }

  private static float[] filtered(int k, float... logits) {
    float[] filtered = logits.clone();
    new TopK(k).apply(filtered);
    return filtered;
  }

  private static int countAbove(float[] logits, float value) {
    int above = 0;
    for (float logit : logits) {
      above += logit > value ? 1 : 0;
    }
    return above;
  }
}
