package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {
  private static final double HIGHEST = 0.008;
  private static final Schedule COSINE = new Schedule(HIGHEST, 1, 1, 0, 1);

  @Test
  void risesInALineOver100Steps() {
    LearningRate rate = new LearningRate(COSINE, ScheduleHorizon.ofSteps(5000));
    for (int step = 0; step < 100; step++) {
      assertThat(rate.at(step)).isCloseTo(HIGHEST * (step + 1) / 100, within(1e-15));
    }
    assertThat(rate.at(100)).isEqualTo(HIGHEST);
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "1325, 0.8564823", "2550, 0.51", "3775, 0.1635177", "5000, 0.02"})
  void fallsInHalfACosineToAFiftieth(long step, double fraction) {
    assertThat(new LearningRate(COSINE, ScheduleHorizon.ofSteps(5000)).at(step))
        .isCloseTo(HIGHEST * fraction, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 9, 10, 11, 99, 100, 999, 1000, 1001, 12_345})
  void risesToTheHighestOnceThenFallsAndStaysPositive(long totalSteps) {
    LearningRate rate = new LearningRate(COSINE, ScheduleHorizon.ofSteps(totalSteps));
    long warmUp = Math.min(100, totalSteps / 10);
    double before = 0;
    for (long step = 0; step < totalSteps; step++) {
      double now = rate.at(step);
      assertThat(now).isGreaterThan(0).isLessThanOrEqualTo(HIGHEST);
      if (step < warmUp) {
        assertThat(now).isGreaterThan(before);
      } else if (step > warmUp) {
        assertThat(now).isLessThan(before);
      }
      before = now;
    }
    assertThat(rate.at(warmUp)).isEqualTo(HIGHEST);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 1000})
  void staysAtItsLowestBehindTheEnd(long totalSteps) {
    LearningRate rate = new LearningRate(COSINE, ScheduleHorizon.ofSteps(totalSteps));
    assertThat(rate.at(totalSteps)).isCloseTo(HIGHEST / 50, within(1e-15));
    assertThat(rate.at(10 * totalSteps)).isCloseTo(HIGHEST / 50, within(1e-15));
  }

  @Test
  void fallsByAFactorEverySoManySteps() {
    LearningRate rate =
        new LearningRate(new Schedule(HIGHEST, 1, 1, 1000, 0.5), ScheduleHorizon.ofSteps(5000));
    assertThat(rate.at(0)).isEqualTo(HIGHEST);
    assertThat(rate.at(999)).isEqualTo(HIGHEST);
    assertThat(rate.at(1000)).isEqualTo(HIGHEST / 2);
    assertThat(rate.at(4999)).isEqualTo(HIGHEST / 16);
    assertThat(rate.at(7000)).isEqualTo(HIGHEST / 128);
  }
}
