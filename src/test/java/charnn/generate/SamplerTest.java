package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.engine.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  private static final float EXCLUDED = Float.NEGATIVE_INFINITY;

  /** All 53 bits of its doubles are set: 1 - 2^-53, the largest below 1. */
  private static final RandomGenerator LARGEST = () -> -1L;

  private static final RandomGenerator ZERO = () -> 0L;

  @Test
  void greedyTakesTheMostProbable() {
    assertThat(Sampler.greedy().next(new float[] {-3, 2, 5, 4.999f})).isEqualTo(2);
    assertThat(Sampler.greedy().next(new float[] {-3, -2, -5})).isEqualTo(1);
    assertThat(Sampler.greedy().next(new float[] {EXCLUDED, -1e30f})).isEqualTo(1);
  }

  @Test
  void greedyTakesTheFirstOfEqualOnes() {
    assertThat(Sampler.greedy().next(new float[] {1, 7, 7, 7})).isEqualTo(1);
  }

  @Test
  void drawsFollowTheSoftmax() {
    double[] probabilities = {0.5, 0.3, 0.15, 0.05, 0};
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (Math.log(probabilities[i]) + 7);
    }
    Sampler sampler = new Sampler(List.of(), new SplittableRandom(1));
    int draws = 100_000;
    int[] counts = new int[probabilities.length];
    for (int i = 0; i < draws; i++) {
      counts[sampler.next(logits.clone())]++;
    }
    for (int i = 0; i < counts.length; i++) {
      double deviation = Math.sqrt(draws * probabilities[i] * (1 - probabilities[i]));
      assertThat((double) counts[i])
          .as("character %d", i)
          .isCloseTo(draws * probabilities[i], within(5 * deviation));
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(draws(new SplittableRandom(5))).isEqualTo(draws(new SplittableRandom(5)));
    assertThat(draws(new SplittableRandom(5))).isNotEqualTo(draws(new SplittableRandom(6)));
  }

  @Test
  void drawsOnceACharacter() {
    SplittableRandom used = new SplittableRandom(5);
    SplittableRandom counted = new SplittableRandom(5);
    Sampler sampler = new Sampler(List.of(), used);
    for (int i = 0; i < 10; i++) {
      sampler.next(new float[] {1, 2, 3});
      counted.nextDouble();
    }
    assertThat(used.nextLong()).isEqualTo(counted.nextLong());
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1e30f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE})
  void equalLogitsOfAnySizeAreEquallyProbable(float logit) {
    assertThat(Logits.softmax(new float[] {logit, logit, logit, logit}))
        .containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  @Test
  void logitsFarApartLeaveAllProbabilityToTheLargest() {
    assertThat(Logits.softmax(new float[] {1e30f, -1e30f, 0})).containsExactly(1, 0, 0);
    assertThat(Logits.softmax(new float[] {-Float.MAX_VALUE, Float.MAX_VALUE}))
        .containsExactly(0, 1);
    assertThat(Logits.softmax(new float[] {-1e30f, EXCLUDED, -2e30f})).containsExactly(1, 0, 0);
  }

  @Test
  void softmaxIsExponentialOverSum() {
    double[] probabilities = Logits.softmax(new float[] {1, 2, 3});
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    for (int i = 0; i < 3; i++) {
      assertThat(probabilities[i]).isCloseTo(Math.exp(i + 1) / sum, within(1e-15));
    }
  }

  @Test
  void theSmallestDrawTakesTheFirstAdmissible() {
    Sampler sampler = new Sampler(List.of(), ZERO);
    assertThat(sampler.next(new float[] {EXCLUDED, -1000, 1, 1, EXCLUDED})).isEqualTo(2);
  }

  @Test
  void whenRoundingRunsOffTheEndTheLastAdmissibleIsTaken() {
    float[] logits = new float[16];
    Arrays.fill(logits, 0, 14, 3f);
    Arrays.fill(logits, 14, 16, EXCLUDED);
    assertThat(leftAtTheEnd(logits)).isNotNegative();
    assertThat(new Sampler(List.of(), LARGEST).next(logits)).isEqualTo(13);
  }

  @Test
  void filtersWorkInTheirOrder() {
    List<String> order = new ArrayList<>();
    Sampler sampler =
        new Sampler(
            List.of(
                logits -> {
                  order.add("first");
                  logits[0] = EXCLUDED;
                },
                logits -> {
                  order.add("second");
                  assertThat(logits[0]).isEqualTo(EXCLUDED);
                }),
            ZERO);
    assertThat(sampler.next(new float[] {100, 1})).isEqualTo(1);
    assertThat(order).containsExactly("first", "second");
  }

  private static double leftAtTheEnd(float[] logits) {
    double left = LARGEST.nextDouble();
    for (double probability : Logits.softmax(logits)) {
      left -= probability;
    }
    return left;
  }

  private static List<Integer> draws(RandomGenerator random) {
    Sampler sampler = new Sampler(List.of(), random);
    List<Integer> draws = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      draws.add(sampler.next(new float[] {1, 1.5f, 2}));
    }
    return draws;
  }
}
