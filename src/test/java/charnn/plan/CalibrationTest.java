package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** With a clock that only the steps move on. */
class CalibrationTest {
  private double seconds;

  /**
   * @param stepSeconds how long a step takes that begins after some seconds
   */
  private double measure(Duration budget, DoubleUnaryOperator stepSeconds) {
    return Calibration.secondsPerStep(
        number -> seconds += stepSeconds.applyAsDouble(seconds),
        budget,
        () -> (long) (seconds * 1e9));
  }

  @Test
  void steadyStepsAreMeasuredInLittleMoreThanASecond() {
    assertThat(measure(Duration.ofHours(1), time -> 0.01)).isCloseTo(0.01, within(1e-6));
    assertThat(seconds).isBetween(1.2, 1.7);
  }

  @Test
  void stepsThatGetFasterAreWaitedFor() {
    double measured = measure(Duration.ofHours(1), time -> time < 2.5 ? 0.1 - 0.03 * time : 0.02);
    assertThat(measured).isCloseTo(0.02, within(1e-6));
    assertThat(seconds).isBetween(2.9, 3.7);
  }

  @Test
  void neverLongerThanFiveSecondsAndAStep() {
    assertThat(measure(Duration.ofHours(1), time -> 0.1 * Math.pow(0.5, time))).isPositive();
    assertThat(seconds).isBetween(5.0, 5.1);
  }

  @Test
  void anObstacleThatPassesIsNotCounted() {
    double measured = measure(Duration.ofHours(1), time -> time > 0.9 ? 0.05 : 0.01);
    assertThat(measured).isCloseTo(0.01, within(1e-6));
  }

  @Test
  void aShortRunIsNotSpentOnMeasuring() {
    measure(Duration.ofSeconds(1), time -> 0.01 / (1 + time));
    assertThat(seconds).isBetween(0.05, 0.07);
  }

  @Test
  void aStepLongerThanAllThatIsTheMeasure() {
    assertThat(measure(Duration.ofHours(1), time -> 7)).isEqualTo(7);
    assertThat(seconds).isEqualTo(7);
  }
}
