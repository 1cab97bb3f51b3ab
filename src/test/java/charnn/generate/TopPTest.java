package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopPTest {
  private static final float EXCLUDED = Float.NEGATIVE_INFINITY;
  private static final long SEED = 21;

  @Test
  void leavesTheFewestThatTogetherHaveP() {
    float[] logits = logarithms(0.15, 0.5, 0.05, 0.3);
    assertThat(kept(0.4, logits)).containsExactly(false, true, false, false);
    assertThat(kept(0.6, logits)).containsExactly(false, true, false, true);
    assertThat(kept(0.9, logits)).containsExactly(true, true, false, true);
    assertThat(kept(0.99, logits)).containsExactly(true, true, true, true);
  }

  @Test
  void leavesTheMostProbableHoweverSmallPIs() {
    assertThat(kept(Double.MIN_VALUE, 1, 3, 2)).containsExactly(false, true, false);
  }

  @Test
  void pOfOneLeavesAllThatHaveAProbability() {
    assertThat(kept(1, 1, -5, 3, 2)).containsExactly(true, true, true, true);
  }

  @Test
  void whatIsKeptStaysAsItIs() {
    float[] logits = {4, -30, 3.5f};
    new TopP(0.9).apply(logits);
    assertThat(logits).containsExactly(4, EXCLUDED, 3.5f);
  }

  @Test
  void whatIsExcludedStaysExcluded() {
    assertThat(kept(0.99, EXCLUDED, 1, EXCLUDED, 1)).containsExactly(false, true, false, true);
  }

  @Test
  void isTheBestOfAllSubsets() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      float[] logits = randomLogits(random, random.nextInt(1, 11));
      double p = random.nextDouble(0.01, 0.99);
      assertThat(kept(p, logits))
          .as("seed %d, trial %d, p %s", SEED, trial, p)
          .isEqualTo(smallestSubset(logits, p));
    }
  }

  @Test
  void leavesThoseWhoseBettersHaveLessThanP() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      float[] logits = randomLogits(random, random.nextInt(50, 300));
      double p = random.nextDouble(0.01, 0.99);
      boolean[] kept = kept(p, logits);
      double[] probabilities = probabilities(logits);
      for (int i = 0; i < logits.length; i++) {
        double above = 0;
        for (double other : probabilities) {
          above += other > probabilities[i] ? other : 0;
        }
        assertThat(kept[i])
            .as("seed %d, trial %d, p %s, place %d", SEED, trial, p, i)
            .isEqualTo(above < p);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.000001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAPOutOfItsRange(double p) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopP(p))
        .withMessageStartingWith("top-p must be more than 0 and at most 1, got ");
  }

  private static boolean[] kept(double p, float... logits) {
    float[] filtered = logits.clone();
    new TopP(p).apply(filtered);
    boolean[] kept = new boolean[filtered.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = filtered[i] != EXCLUDED;
    }
    return kept;
  }

  /** Tries all subsets: of the smallest that have at least p, the one that has most. */
  private static boolean[] smallestSubset(float[] logits, double p) {
    double[] probabilities = probabilities(logits);
    int best = (1 << logits.length) - 1;
    double bestMass = 1;
    for (int subset = 1; subset < 1 << logits.length; subset++) {
      double mass = 0;
      for (int i = 0; i < logits.length; i++) {
        mass += (subset >> i & 1) * probabilities[i];
      }
      int fewer = Integer.bitCount(best) - Integer.bitCount(subset);
      if (mass >= p && (fewer > 0 || (fewer == 0 && mass > bestMass))) {
        best = subset;
        bestMass = mass;
      }
    }
    boolean[] kept = new boolean[logits.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (best >> i & 1) == 1;
    }
    return kept;
  }

  private static double[] probabilities(float[] logits) {
    double sum = 0;
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp(logits[i]);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  private static float[] randomLogits(SplittableRandom random, int size) {
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      logits[i] = (float) random.nextDouble(-4, 4);
    }
    return logits;
  }

  private static float[] logarithms(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    return logits;
  }
}
