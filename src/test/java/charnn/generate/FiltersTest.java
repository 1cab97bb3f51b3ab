package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import charnn.data.Vocabulary;
import charnn.engine.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filters against their definitions. */
class FiltersTest {
  private static final float EXCLUDED = Float.NEGATIVE_INFINITY;
  private static final long SEED = 3;

  private static float[] randomLogits(SplittableRandom random, int size) {
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      logits[i] = (float) random.nextDouble(-6, 6);
    }
    return logits;
  }

  private static BitSet kept(LogitFilter filter, float[] logits) {
    float[] filtered = logits.clone();
    filter.apply(filtered);
    BitSet kept = new BitSet();
    for (int i = 0; i < logits.length; i++) {
      if (filtered[i] != EXCLUDED) {
        kept.set(i);
        assertThat(filtered[i]).isEqualTo(logits[i]);
      }
    }
    return kept;
  }

  private static BitSet where(int size, java.util.function.IntPredicate kept) {
    BitSet bits = new BitSet();
    IntStream.range(0, size).filter(kept).forEach(bits::set);
    return bits;
  }

  @Test
  void minPKeepsWhatIsAtLeastSoManyTimesAsProbable() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      float[] logits = randomLogits(random, random.nextInt(1, 200));
      double p = random.nextDouble();
      double[] probabilities = Logits.softmax(logits);
      double max = Arrays.stream(probabilities).max().orElseThrow();
      assertThat(kept(new MinP(p), logits))
          .as("trial %d", trial)
          .isEqualTo(where(logits.length, i -> probabilities[i] >= p * max));
    }
  }

  @Test
  void topNSigmaKeepsWhatIsNearTheLargestLogitAtAnyTemperature() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      float[] logits = randomLogits(random, random.nextInt(2, 200));
      double n = random.nextDouble(0.1, 3);
      double mean =
          IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).average().orElseThrow();
      double variance =
          IntStream.range(0, logits.length)
              .mapToDouble(i -> (logits[i] - mean) * (logits[i] - mean))
              .average()
              .orElseThrow();
      double max =
          IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).max().orElseThrow();
      BitSet expected = where(logits.length, i -> logits[i] >= max - n * Math.sqrt(variance));
      assertThat(kept(new TopNSigma(n), logits)).as("trial %d", trial).isEqualTo(expected);
      float[] hot = logits.clone();
      new Temperature(4).apply(hot); // a power of two: nothing is rounded
      assertThat(kept(new TopNSigma(n), hot)).as("trial %d", trial).isEqualTo(expected);
    }
  }

  @Test
  void topNSigmaCountsNothingThatIsExcluded() {
    float[] logits = {5, 4, 3, -1};
    float[] more = {5, EXCLUDED, 4, 3, EXCLUDED, -1};
    assertThat(kept(new TopNSigma(1), logits)).isEqualTo(where(4, i -> i < 3));
    assertThat(kept(new TopNSigma(1), more)).isEqualTo(where(6, i -> i == 0 || i == 2 || i == 3));
  }

  @Test
  void typicalPKeepsTheFewestWhoseInformationIsClosestToTheEntropy() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      float[] logits = randomLogits(random, random.nextInt(1, 100));
      double p = random.nextDouble(0.05, 0.95);
      double[] probabilities = Logits.softmax(logits);
      double entropy = Arrays.stream(probabilities).map(q -> -q * Math.log(q)).sum();
      List<Integer> order = new ArrayList<>(IntStream.range(0, logits.length).boxed().toList());
      order.sort(
          java.util.Comparator.comparingDouble(
              i -> Math.abs(-Math.log(probabilities[i]) - entropy)));
      BitSet expected = new BitSet();
      double mass = 0;
      for (int i : order) {
        if (mass < p) {
          expected.set(i);
          mass += probabilities[i];
        }
      }
      assertThat(kept(new TypicalP(p), logits)).as("trial %d", trial).isEqualTo(expected);
    }
  }

  @Test
  void typicalPMayLeaveTheMostProbableOut() {
    // Entropy 1.3 nats: -ln 0.4 = 0.9 is farther from it than -ln 0.2 = 1.6.
    float[] logits = new float[4];
    double[] probabilities = {0.4, 0.2, 0.2, 0.2};
    for (int i = 0; i < 4; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    assertThat(kept(new TypicalP(0.5), logits)).isEqualTo(where(4, i -> i > 0));
  }

  @Test
  void aDynamicTemperatureIsLowWhereTheModelIsSure() {
    float[] sure = {50, 0, 0, 0};
    new DynamicTemperature(0.5, 2).apply(sure);
    assertThat(sure).containsExactly(0, -100, -100, -100);
    float[] open = {1, 1, EXCLUDED, 1};
    new DynamicTemperature(0.5, 2).apply(open);
    assertThat(open).containsExactly(0, 0, EXCLUDED, 0);
    // H = -(0.8 ln 0.8 + 0.2 ln 0.2) = 0.7219 ln 2: T = 0.5 + 1.5 * 0.7219 = 1.5829
    float[] between = {(float) Math.log(0.8), (float) Math.log(0.2)};
    new DynamicTemperature(0.5, 2).apply(between);
    assertThat((double) between[1]).isCloseTo(-Math.log(4) / 1.58289, within(1e-5));
    float[] one = {7};
    new DynamicTemperature(0.5, 2).apply(one);
    assertThat(one).containsExactly(0);
  }

  @Test
  void theLowTemperatureIsNotTheHigherOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DynamicTemperature(2, 0.5))
        .withMessageContaining("the low one, 2.0, must not be above the high one, 0.5");
  }

  @Test
  void surpriseIsHeldNearTheTarget() {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] logits = randomLogits(random, 300); // an entropy of about 6 bits
    double entropy = bits(Logits.softmax(logits));
    for (double target : new double[] {0.5, 1.5, 3}) {
      assertThat(target).isLessThan(entropy);
      Sampler sampler =
          new SamplingSettings(List.of(new Temperature(1), new SurpriseTarget(target))).sampler(1);
      double sum = 0;
      int draws = 20_000;
      for (int i = 0; i < draws; i++) {
        float[] now = logits.clone();
        int token = sampler.next(now);
        sum -= Math.log(Logits.softmax(now)[token]) / Math.log(2);
      }
      assertThat(sum / draws).as("target %s", target).isCloseTo(target, within(0.01));
    }
  }

  private static double bits(double[] probabilities) {
    return Arrays.stream(probabilities).map(p -> p > 0 ? -p * Math.log(p) / Math.log(2) : 0).sum();
  }

  @Test
  void dryFindsTheLongestRepetitionThatACharacterContinues() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 50; trial++) {
      int length = random.nextInt(1, 6);
      LogitFilter filter = new Dry(length).start();
      List<Integer> text = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        int token = random.nextInt(3);
        filter.read(token);
        text.add(token);
        float[] logits = new float[4];
        filter.apply(logits);
        for (int next = 0; next < 4; next++) {
          int n = longest(text, next);
          double penalty = n >= length ? Math.min(1000, Math.pow(1.25, n - length)) : 0;
          assertThat((double) logits[next])
              .as("trial %d, character %d, next %d", trial, i, next)
              .isCloseTo(-penalty, within(1e-3 * Math.max(1, penalty)));
        }
      }
    }
  }

  /** Repetitions that are longer than the window, and lie across its beginning. */
  @Test
  void dryCountsRepetitionsOfAnyLength() {
    for (int length : new int[] {20, 4080, 4096}) {
      LogitFilter filter = new Dry(length).start();
      List<Integer> text = new ArrayList<>();
      for (int i = 0; i < 3 * Dry.WINDOW + 100; i++) {
        int token = i % 1000 == 0 && i < 5000 ? 3 : i % 3;
        filter.read(token);
        text.add(token);
        if (i % 4001 == 0 || i == 5000 + length + 7) {
          float[] logits = new float[4];
          filter.apply(logits);
          for (int next = 0; next < 4; next++) {
            int n = longestInWindow(text, next);
            double penalty = n >= length ? Math.min(1000, Math.pow(1.25, n - length)) : 0;
            assertThat((double) logits[next])
                .as("length %d, character %d, next %d", length, i, next)
                .isCloseTo(-penalty, within(1e-3 * Math.max(1, penalty)));
          }
        }
      }
    }
  }

  /** As {@link #longest}, of repetitions that end among the last characters. */
  private static int longestInWindow(List<Integer> text, int next) {
    int longest = 0;
    int size = text.size();
    for (int at = Math.max(1, size - Dry.WINDOW + 2); at < size; at++) {
      int n = 0;
      while (text.get(at) == next
          && n < at
          && text.get(at - 1 - n).equals(text.get(size - 1 - n))) {
        n++;
      }
      longest = Math.max(longest, n);
    }
    return longest;
  }

  /** Returns the length of the longest suffix of a text that occurs before a character in it. */
  private static int longest(List<Integer> text, int next) {
    int longest = 0;
    for (int at = 1; at < text.size(); at++) {
      int n = 0;
      while (text.get(at) == next
          && n < at
          && text.get(at - 1 - n).equals(text.get(text.size() - 1 - n))) {
        n++;
      }
      longest = Math.max(longest, n);
    }
    return longest;
  }

  @Test
  void dryForgetsWhatIsLongAgo() {
    LogitFilter filter = new Dry(3).start();
    for (int token : new int[] {1, 2, 3, 0}) {
      filter.read(token);
    }
    for (int i = 0; i < Dry.WINDOW; i++) {
      filter.read(4 + i % 2 * 2 + i * 7 % 2);
    }
    for (int token : new int[] {1, 2, 3}) {
      filter.read(token);
    }
    float[] logits = new float[8];
    filter.apply(logits);
    assertThat(logits).containsOnly(0);
  }

  @Test
  void dryEndsALoop() {
    float[] logits = {0, 3, 0, 0}; // Character 1 is much the most probable, always.
    Sampler without = SamplingSettings.ofTemperature(0).sampler(1);
    Sampler with = SamplingSettings.ofTemperature(0).with(new Dry(5)).sampler(1);
    int[] plain = new int[60];
    int[] dry = new int[60];
    for (int i = 0; i < 60; i++) {
      plain[i] = without.next(logits.clone());
      dry[i] = with.next(logits.clone());
    }
    assertThat(plain).containsOnly(1);
    assertThat(Arrays.stream(dry).limit(6)).containsOnly(1);
    assertThat(Arrays.stream(dry).filter(token -> token != 1).count()).isPositive();
  }

  @Test
  void onlyAllowedCharactersAreLeft() {
    Vocabulary vocabulary = Vocabulary.ofText("abcé ");
    AllowedCharacters step = AllowedCharacters.of(vocabulary, "abé?", "b");
    float[] logits = new float[5];
    step.apply(logits);
    for (int i = 0; i < 5; i++) {
      assertThat(logits[i] == 0).isEqualTo("aé".indexOf(vocabulary.codePoint(i)) >= 0);
    }
    assertThat(AllowedCharacters.of(vocabulary, "", "a").allowed().cardinality()).isEqualTo(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedCharacters.of(vocabulary, "", "abcé "))
        .withMessageContaining("leave no character");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedCharacters.of(vocabulary, "xyz", ""));
  }

  @Test
  void ofEqualCharactersTheFirstAreKept() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      float[] logits = new float[random.nextInt(1, 60)];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = random.nextInt(3);
      }
      double p = random.nextDouble(0.01, 1);
      double[] probabilities = Logits.softmax(logits);
      List<Integer> order = new ArrayList<>(IntStream.range(0, logits.length).boxed().toList());
      order.sort(java.util.Comparator.comparingDouble(i -> -probabilities[i])); // stable
      BitSet expected = new BitSet();
      double sum = 0;
      for (int i : order) {
        if (sum < p) {
          expected.set(i);
        }
        sum += probabilities[i];
      }
      assertThat(kept(new TopP(p), logits)).as("trial %d", trial).isEqualTo(expected);
    }
  }

  static List<SamplingStep> steps() {
    BitSet two = new BitSet();
    two.set(0, 2);
    return List.of(
        new AllowedCharacters(two),
        new Dry(1),
        new Temperature(1e-6),
        new Temperature(1e6),
        new DynamicTemperature(1e-6, 1e6),
        new TopK(1),
        new TopK(1000),
        new TopP(1e-9),
        new MinP(0),
        new MinP(1),
        new TypicalP(1e-9),
        new TopNSigma(1e-6),
        new SurpriseTarget(1e-3),
        new SurpriseTarget(16));
  }

  /** At least one character stays, and the filters never meet a number that is not one. */
  @ParameterizedTest
  @MethodSource("steps")
  void extremesLeaveACharacter(SamplingStep step) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int size : new int[] {2, 3, 97}) {
      LogitFilter filter = step.start();
      for (int trial = 0; trial < 40; trial++) {
        float[] logits = randomLogits(random, size);
        if (trial % 4 == 1) {
          Arrays.fill(logits, 1); // all equal
        } else if (trial % 4 == 2) {
          logits[0] = 1e30f;
        }
        filter.apply(logits);
        assertThat(logits).doesNotContain(Float.NaN);
        double[] probabilities = Logits.softmax(logits);
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-9));
        filter.read(Logits.argMax(logits, 0, size));
      }
    }
  }
}
