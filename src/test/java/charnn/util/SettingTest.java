package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {
  @ParameterizedTest
  @CsvSource({
    "LAYERS, 0, 'layers must be 1 to 16, got 0'",
    "DROPOUT, 1, 'dropout must be 0 or more and below 1, got 1'",
    "LEARNING_RATE, 0, 'learning rate must be more than 0 and at most 10, got 0'",
    "PATIENCE, -1, 'patience must be 0 or more, got -1'",
    "STEPS, 2e12, 'number of steps must be 1 to 1e12, got 2e12'",
    "TEMPERATURE, NaN, 'temperature must be 0 to 1e9, got NaN'",
    "TEMPERATURE, Infinity, 'temperature must be 0 to 1e9, got Infinity'",
    "WEIGHT_DECAY, 1.5e-7, ",
    "WEIGHT_DECAY, 1.5, 'weight decay must be 0 to 1, got 1.5'",
    "LEARNING_RATE, 10, ",
    "LAYERS, 16, "
  })
  void aValueOutOfTheRangeIsNamedWithSettingAndRule(Setting setting, double value, String error) {
    if (error == null) {
      assertThatNoException().isThrownBy(() -> setting.require(value));
    } else {
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> setting.require(value))
          .withMessage(error);
    }
  }

  @Test
  void wholeNumbersAreShownAsTheyAre() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> Setting.STEPS.require(Long.MAX_VALUE))
        .withMessage("number of steps must be 1 to 1e12, got 9223372036854775807");
  }

  @Test
  void aSentenceCallsSettingsAsItIsTold() {
    Sentence inner = Sentence.of("lower %s or %s", Setting.HIDDEN_SIZE, Setting.LAYERS);
    Sentence sentence = Sentence.of("%,d are too many: %s", 12_345, inner);
    assertThat(sentence).hasToString("12,345 are too many: lower hidden size or layers");
    assertThat(sentence.naming(setting -> "<" + setting.name() + ">"))
        .isEqualTo("12,345 are too many: lower <HIDDEN_SIZE> or <LAYERS>");
    assertThat(Sentence.join("; ", java.util.List.of(inner, inner)))
        .hasToString("lower hidden size or layers; lower hidden size or layers");
  }
}
