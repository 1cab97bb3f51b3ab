package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingSettingsTest {
  private static final float[] LOGITS = {1, 3, 2.5f, 2, -1};

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "1e-9, 1, 1e-9", "100, 2147483647, 1"})
  void takesValuesWithinTheirRanges(double temperature, int topK, double topP) {
    assertThatNoException().isThrownBy(() -> settings(temperature, topK, topP));
  }

  @ParameterizedTest
  @CsvSource({"-1, -1", "-1e-9, -1e-9", "2e9, 2e9", "NaN, NaN", "Infinity, Infinity"})
  void refusesATemperatureOutOfItsRange(double temperature, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SamplingSettings.ofTemperature(temperature))
        .withMessage("temperature must be 0 to 1e9, got " + shown);
  }

  @Test
  void refusesANegativeTopK() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopK(-1))
        .withMessage("k must be 1 or more, got -1");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-0.5, -0.5", "1.5, 1.5", "NaN, NaN"})
  void refusesATopPOutOfItsRange(double topP, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopP(topP))
        .withMessage("top-p must be more than 0 and at most 1, got " + shown);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0})
  void temperatureZeroIsGreedy(double temperature) {
    assertThat(draws(SamplingSettings.ofTemperature(temperature), 1)).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-30, 1e-39, 1e-45, Double.MIN_VALUE})
  void nearTemperatureZeroTheMostProbableIsTaken(double temperature) {
    Sampler sampler = SamplingSettings.ofTemperature(temperature).sampler(1);
    assertThat(sampler.next(new float[] {1, 3, 2})).isEqualTo(1);
    assertThat(sampler.next(new float[] {-3, -1, -2})).isEqualTo(1);
  }

  @Test
  void topKOfOneIsGreedy() {
    assertThat(draws(settings(5, 1, 1), 1)).containsOnly(1);
  }

  @Test
  void aSmallTopPIsGreedy() {
    assertThat(draws(settings(1, 0, 0.1), 1)).containsOnly(1);
  }

  @Test
  void filtersWorkTogether() {
    assertThat(draws(settings(100, 3, 1), 1)).containsOnly(1, 2, 3);
    assertThat(draws(settings(100, 3, 0.5), 1)).containsOnly(1, 2);
  }

  @Test
  void topPIsOfTheProbabilitiesAtTheTemperature() {
    assertThat(draws(settings(1, 0, 0.45), 1)).containsOnly(1);
    assertThat(draws(settings(100, 0, 0.45), 1)).containsOnly(1, 2, 3);
  }

  @Test
  void theSameSeedAndSettingsChooseTheSame() {
    SamplingSettings settings = SamplingSettings.ofTemperature(1);
    assertThat(draws(settings, 4)).isEqualTo(draws(settings, 4));
    assertThat(draws(settings, 4)).isNotEqualTo(draws(settings, 5));
    assertThat(Arrays.stream(draws(settings, 4)).distinct().count()).isEqualTo(LOGITS.length);
  }

  private static SamplingSettings settings(double temperature, int topK, double topP) {
    SamplingSettings settings = SamplingSettings.ofTemperature(temperature).with(new TopP(topP));
    return topK == 0 ? settings : settings.with(new TopK(topK));
  }

  @Test
  void stepsRunInTheOrderOfTheirStages() {
    SamplingSettings settings =
        new SamplingSettings(List.of(new MinP(0.1), new TopK(3), new Temperature(2), new Dry(9)));
    assertThat(settings.steps())
        .containsExactly(new Dry(9), new Temperature(2), new TopK(3), new MinP(0.1));
  }

  @Test
  void topNSigmaMeasuresTheLogitsOfAllCharacters() {
    // Of all: deviation 4.6, and 8.6 is within it of 10. Of the first two: 0.7, and it is not.
    float[] logits = {10, 8.6f, 0, 0, 0};
    SamplingSettings settings =
        SamplingSettings.ofTemperature(100).with(new TopK(2)).with(new TopNSigma(1));
    Sampler sampler = settings.sampler(1);
    assertThat(IntStream.range(0, 100).map(i -> sampler.next(logits.clone()))).contains(0, 1);
  }

  @Test
  void greedyDecodingObeysWhatCharactersThereAre() {
    BitSet allowed = new BitSet();
    allowed.set(2, 4);
    SamplingSettings settings =
        SamplingSettings.ofTemperature(0).with(new AllowedCharacters(allowed)).with(new TopP(0.1));
    assertThat(draws(settings, 1)).containsOnly(2);
  }

  private static int[] draws(SamplingSettings settings, long seed) {
    Sampler sampler = settings.sampler(seed);
    return IntStream.range(0, 500).map(i -> sampler.next(LOGITS.clone())).toArray();
  }
}
