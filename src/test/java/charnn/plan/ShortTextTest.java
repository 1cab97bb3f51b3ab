package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.TrainValidationSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortTextTest {
  @ParameterizedTest
  @CsvSource({
    "99, , 0",
    "100, , 0.1",
    "50, 0.5, 0.5",
    "50, 0.04, 0.04",
    "50, 0.03, 0",
    "50, 0.01, 0",
    "50, 0, 0",
    "1000000, 0, 0"
  })
  void whatIsHeldOutCanBeEvaluatedOnOrIsNothing(long characters, Double given, double fraction) {
    assertThat(ShortText.validationFraction(characters, given)).isEqualTo(fraction);
  }

  @Test
  void oneCharacterIsNeverHeldOut() {
    for (long characters = ShortText.LEAST_CHARACTERS; characters < 3000; characters++) {
      for (Double given : new Double[] {null, 0.0, 0.001, 0.01, 0.02, 0.1, 0.3, 0.5}) {
        double fraction = ShortText.validationFraction(characters, given);
        assertThat(characters - TrainValidationSplit.trainingLength(characters, fraction))
            .isNotEqualTo(1);
      }
    }
  }

  @Test
  void aBatchFitsIntoTheText() {
    for (int characters = ShortText.LEAST_CHARACTERS / 2; characters < 1200; characters++) {
      for (Integer given : new Integer[] {null, 1, 16, 32, 33, 1000, 1 << 20}) {
        int window = ShortText.seqLength(characters, given);
        assertThat(window).isBetween(1, characters - 1);
        int rows = ShortText.batchSize(characters, window, 16);
        assertThat(rows).isBetween(1, 16);
        assertThat(rows * window).isLessThanOrEqualTo(characters);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 12, 4", "127, 31, 4", "128, 32, 4", "511, 32, 15", "512, 32, 16"})
  void theLongerTheTextTheLargerTheBatch(long characters, int window, int rows) {
    assertThat(ShortText.seqLength(characters, null)).isEqualTo(window);
    assertThat(ShortText.batchSize(characters, window, 16)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({"32, 32", "49, 49", "50, 49", "128, 49"})
  void aGivenWindowIsAsLongAsFits(int given, int window) {
    assertThat(ShortText.seqLength(50, given)).isEqualTo(window);
  }
}
