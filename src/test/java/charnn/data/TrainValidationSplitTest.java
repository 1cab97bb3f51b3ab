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
    TrainValidationSplit split = TrainValidationSplit.of(Tokens.of(text), fraction);
    assertThat(split.validation().length()).isEqualTo(validation);
    assertThat(new String(split.training().toArray()) + new String(split.validation().toArray()))
        .isEqualTo(new String(text));
  }

  @Test
  void holdsOutNothingForZero() {
    TrainValidationSplit split = TrainValidationSplit.of(Tokens.of(text(50)), 0);
    assertThat(split.training().toArray()).isEqualTo(text(50));
    assertThat(split.validation().length()).isZero();
  }

  private static char[] text(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) i;
    }
    return text;
  }
}
