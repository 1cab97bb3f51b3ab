package charnn.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import charnn.engine.Logits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {
  @Test
  void dividesTheLogitsLessTheLargest() {
    float[] logits = {3, -1, 0};
    new Temperature(0.5).apply(logits);
    assertThat(logits).containsExactly(0, -8, -6);
    new Temperature(4).apply(logits);
    assertThat(logits).containsExactly(0, -2, -1.5f);
  }

  @Test
  void oneKeepsTheDistribution() {
    float[] logits = {3, -2, 0.5f};
    double[] before = Logits.softmax(logits);
    new Temperature(1).apply(logits);
    assertThat(Logits.softmax(logits)).isEqualTo(before);
  }

  @Test
  void whatIsExcludedStaysExcluded() {
    float[] logits = {1, Float.NEGATIVE_INFINITY};
    new Temperature(1e300).apply(logits);
    assertThat(logits[1]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNotMoreThanZero(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Temperature(value))
        .withMessage("temperature must be more than 0, got " + value);
  }
}
