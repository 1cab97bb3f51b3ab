package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainValidationSplitTest {
  @ParameterizedTest
  @CsvSource({"100, 0.1, 10", "99, 0.1, 9", "10, 0.5, 5", "7, 0.5, 3", "9, 0.1, 0", "0, 0.1, 0"})
  void holdsOutTheLastPartRoundedDown(int length, double fraction, int validation) {
    char[] text = text(length);
    TrainValidationSplit split = TrainValidationSplit.of(text, fraction);
    assertThat(split.validation()).hasSize(validation);
    assertThat(new String(split.training()) + new String(split.validation()))
        .isEqualTo(new String(text));
  }

  @Test
  void holdsOutNothingForZero() {
    TrainValidationSplit split = TrainValidationSplit.of(text(50), 0);
    assertThat(split.training()).isEqualTo(text(50));
    assertThat(split.validation()).isEmpty();
  }

  @Test
  void doesNotShareTheArray() {
    char[] text = text(10);
    TrainValidationSplit split = TrainValidationSplit.of(text, 0.5);
    text[0] = 99;
    text[9] = 99;
    assertThat(split.training()[0]).isEqualTo((char) 0);
    assertThat(split.validation()[4]).isEqualTo((char) 9);
  }

  private static char[] text(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) i;
    }
    return text;
  }
}
