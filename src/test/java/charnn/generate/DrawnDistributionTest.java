package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each stage of sampling draws, and stages together, from a large vocabulary: held by
 * Pearson's chi-square test against the exact distribution, which the definitions give in double
 * loops.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrawnDistributionTest {
  private static final int V = 320;
  private static final int DRAWS = 20_000;
  private static final double LEAST_EXPECTED = 5; // of a cell of the test
  private static final double Z_999 = 3.0902; // standard normal quantile of 0.999
  private static final float[] LOGITS = logits();

  private record Case(SamplingSettings settings, double[] exact) {}

  private final Map<String, Case> cases = new LinkedHashMap<>();
  private final Map<String, int[]> drawn = new LinkedHashMap<>();

  DrawnDistributionTest() {
    add("temperature 1", z -> z, 1);
    add("temperature 0.5", z -> z, 0.5);
    add("temperature 2.5", z -> z, 2.5);
    add("top-k", z -> topK(z, 40), 1, new TopK(40));
    add("top-p", z -> topP(z, 0.8), 1, new TopP(0.8));
    add("min-p", z -> minP(z, 0.05), 1, new MinP(0.05));
    add("typical-p", z -> typicalP(z, 0.6), 1, new TypicalP(0.6));
    add("top-n-sigma", z -> topNSigma(z, 1.5), 1, new TopNSigma(1.5));
    add("top-n-sigma, hot", z -> topNSigma(z, 1.5), 2, new TopNSigma(1.5));
    dynamic("dynamic temperature", 0.3, 1, z -> z);
    add("top-k, top-p", z -> topP(topK(z, 60), 0.9), 1.5, new TopP(0.9), new TopK(60));
    add("top-p, min-p", z -> minP(topP(z, 0.95), 0.02), 0.7, new MinP(0.02), new TopP(0.95));
    add(
        "top-n-sigma, typical-p",
        z -> typicalP(topNSigma(z, 2), 0.5),
        0.9,
        new TypicalP(0.5),
        new TopNSigma(2));
    add(
        "all",
        z -> typicalP(minP(topP(topK(topNSigma(z, 2.4), 70), 0.98), 0.01), 0.9),
        1.3,
        new TypicalP(0.9),
        new MinP(0.01),
        new TopP(0.98),
        new TopK(70),
        new TopNSigma(2.4));
    dynamic(
        "dynamic temperature, top-k, top-p",
        0.2,
        2,
        z -> topP(topK(z, 90), 0.85),
        new TopK(90),
        new TopP(0.85));
    dynamic(
        "dynamic temperature, min-p, typical-p",
        0.5,
        3,
        z -> typicalP(minP(z, 0.1), 0.7),
        new TypicalP(0.7),
        new MinP(0.1));
  }

  private void add(
      String name, UnaryOperator<double[]> filter, double temperature, SamplingStep... steps) {
    add(
        name,
        softmax(filter.apply(over(doubles(), temperature))),
        SamplingSettings.ofTemperature(temperature),
        steps);
  }

  private void dynamic(
      String name, double low, double high, UnaryOperator<double[]> filter, SamplingStep... steps) {
    double[] p = softmax(doubles());
    double entropy = sum(i -> -p[i] * Math.log(p[i]));
    double temperature = low + (high - low) * entropy / Math.log(V);
    add(
        name,
        softmax(filter.apply(over(doubles(), temperature))),
        new SamplingSettings(List.of(new DynamicTemperature(low, high))),
        steps);
  }

  private void add(String name, double[] exact, SamplingSettings settings, SamplingStep... steps) {
    SamplingSettings all = settings;
    for (SamplingStep step : steps) {
      all = all.with(step);
    }
    cases.put(name, new Case(all, exact));
  }

  private List<String> names() {
    return List.copyOf(cases.keySet());
  }

  private int[] drawn(String name) {
    return drawn.computeIfAbsent(
        name,
        drawing -> {
          Sampler sampler = cases.get(drawing).settings.sampler(1 + names().indexOf(drawing));
          int[] counts = new int[V];
          for (int i = 0; i < DRAWS; i++) {
            counts[sampler.next(LOGITS.clone())]++;
          }
          return counts;
        });
  }

  @ParameterizedTest
  @MethodSource("names")
  void drawsFollowTheExactDistribution(String name) {
    assertThat(Fit.of(drawn(name), cases.get(name).exact)).as(name).matches(Fit::isGood);
  }

  /** The test can fail: what one case draws is not the distribution of any other. */
  @ParameterizedTest
  @MethodSource("names")
  void drawsFollowNoOtherDistribution(String name) {
    for (String other : names()) {
      if (!other.equals(name)) {
        assertThat(Fit.of(drawn(name), cases.get(other).exact))
            .as("%s against %s", name, other)
            .matches(fit -> !fit.isGood());
      }
    }
  }

  /** Settings that are a little off are told apart, and so are neighbours that are exchanged. */
  @Test
  void smallFaultsAreFound() {
    int[] counts = drawn("temperature 1");
    assertThat(Fit.of(counts, softmax(over(doubles(), 0.95))).isGood()).isFalse();
    double[] shifted = new double[V];
    double[] exact = cases.get("temperature 1").exact;
    Arrays.setAll(shifted, i -> exact[(i + 1) % V]);
    assertThat(Fit.of(counts, shifted).isGood()).isFalse();
    assertThat(Fit.of(drawn("top-k"), softmax(topK(doubles(), 39))).isGood()).isFalse();
    assertThat(Fit.of(drawn("top-p"), softmax(topP(doubles(), 0.79))).isGood()).isFalse();
    double[] otherOrder = softmax(topK(topP(over(doubles(), 1.5), 0.9), 60));
    assertThat(Fit.of(drawn("top-k, top-p"), otherOrder).isGood()).isFalse();
  }

  @Test
  void theQuantileIsThatOfTheTable() {
    // Abramowitz and Stegun, table 26.8.
    assertThat(quantile999(10)).isCloseTo(29.588, within(0.2));
    assertThat(quantile999(30)).isCloseTo(59.703, within(0.2));
    assertThat(quantile999(100)).isCloseTo(149.449, within(0.2));
  }

  /** Returns the chi-square distribution's quantile, by Wilson and Hilferty's approximation. */
  private static double quantile999(int degrees) {
    double v = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - v + Z_999 * Math.sqrt(v), 3);
  }

  /**
   * How well counts fit a distribution. Rare characters share a cell.
   *
   * @param statistic infinite if something impossible was drawn
   */
  private record Fit(double statistic, int degrees) {
    static Fit of(int[] counts, double[] exact) {
      double statistic = 0;
      double rareExpected = 0;
      double rareCount = 0;
      int cells = 0;
      for (int i = 0; i < V; i++) {
        double expected = DRAWS * exact[i];
        if (expected == 0 && counts[i] > 0) {
          return new Fit(Double.POSITIVE_INFINITY, 1);
        } else if (expected < LEAST_EXPECTED) {
          rareExpected += expected;
          rareCount += counts[i];
        } else {
          statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
          cells++;
        }
      }
      if (rareExpected > 0) {
        statistic += (rareCount - rareExpected) * (rareCount - rareExpected) / rareExpected;
        cells++;
      }
      return new Fit(statistic, cells - 1);
    }

    boolean isGood() {
      return statistic < quantile999(degrees);
    }
  }

  private static float[] logits() {
    SplittableRandom random = new SplittableRandom(7);
    float[] logits = new float[V];
    for (int i = 0; i < V; i++) {
      logits[i] = (float) (2 * random.nextGaussian());
    }
    return logits;
  }

  private static double[] doubles() {
    return IntStream.range(0, V).mapToDouble(i -> LOGITS[i]).toArray();
  }

  private static double sum(IntToDoubleFunction term) {
    return IntStream.range(0, V).mapToDouble(term).sum();
  }

  private static double[] over(double[] z, double temperature) {
    return Arrays.stream(z).map(logit -> logit / temperature).toArray();
  }

  private static double[] softmax(double[] z) {
    double sum = sum(i -> Math.exp(z[i]));
    return Arrays.stream(z).map(logit -> Math.exp(logit) / sum).toArray();
  }

  private static double[] only(double[] z, BitSet kept) {
    double[] left = z.clone();
    for (int i = 0; i < V; i++) {
      if (!kept.get(i)) {
        left[i] = Double.NEGATIVE_INFINITY;
      }
    }
    return left;
  }

  /** Keeps those than which fewer than k are more probable. */
  private static double[] topK(double[] z, int k) {
    BitSet kept = new BitSet();
    for (int i = 0; i < V; i++) {
      int above = 0;
      for (int j = 0; j < V; j++) {
        above += z[j] > z[i] ? 1 : 0;
      }
      kept.set(i, above < k && z[i] > Double.NEGATIVE_INFINITY);
    }
    return only(z, kept);
  }

  /** Keeps those before which, in ascending order of a key, there is less than p. */
  private static double[] firstOf(double[] z, double[] probabilities, double[] key, double p) {
    BitSet kept = new BitSet();
    for (int i = 0; i < V; i++) {
      double before = 0;
      for (int j = 0; j < V; j++) {
        before += key[j] < key[i] ? probabilities[j] : 0;
      }
      kept.set(i, before < p && probabilities[i] > 0);
    }
    return only(z, kept);
  }

  private static double[] topP(double[] z, double p) {
    double[] probabilities = softmax(z);
    return firstOf(z, probabilities, Arrays.stream(probabilities).map(q -> -q).toArray(), p);
  }

  private static double[] typicalP(double[] z, double p) {
    double[] probabilities = softmax(z);
    double[] distance = new double[V];
    double entropy =
        sum(i -> probabilities[i] > 0 ? -probabilities[i] * Math.log(probabilities[i]) : 0);
    Arrays.setAll(distance, i -> Math.abs(-Math.log(probabilities[i]) - entropy));
    return firstOf(z, probabilities, distance, p);
  }

  private static double[] minP(double[] z, double p) {
    double[] probabilities = softmax(z);
    BitSet kept = new BitSet();
    for (int i = 0; i < V; i++) {
      boolean likely = true;
      for (int j = 0; j < V; j++) {
        likely &= probabilities[i] >= p * probabilities[j];
      }
      kept.set(i, likely);
    }
    return only(z, kept);
  }

  /** For the first filter: all characters are admissible. */
  private static double[] topNSigma(double[] z, double n) {
    double mean = sum(i -> z[i]) / V;
    double deviation = Math.sqrt(sum(i -> (z[i] - mean) * (z[i] - mean)) / V);
    double max = Arrays.stream(z).max().orElseThrow();
    BitSet kept = new BitSet();
    for (int i = 0; i < V; i++) {
      kept.set(i, z[i] >= max - n * deviation);
    }
    return only(z, kept);
  }
}
