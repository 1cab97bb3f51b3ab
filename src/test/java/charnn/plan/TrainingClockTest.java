package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainingClockTest {
  private long nanos = 5_000_000_000L;
  private long millis = 1_000_000;
  private final TrainingClock clock = new TrainingClock(4_000_000_000L, () -> nanos, () -> millis);

  private void pass(double seconds) {
    nanos += (long) (seconds * 1e9);
    millis += (long) (seconds * 1e3);
  }

  @Test
  void countsFromTheBeginning() {
    assertThat(clock.seconds()).isEqualTo(1);
    pass(60); // Nobody looked: a text may have been read all the time.
    assertThat(clock.seconds()).isEqualTo(61);
    assertThat(clock.takeSleep()).isZero();
  }

  @Test
  void anotherBeginsWithTheSecondsGiven() {
    pass(2);
    TrainingClock another = clock.showing(1.5);
    assertThat(another.seconds()).isEqualTo(1.5);
    pass(4);
    assertThat(another.seconds()).isEqualTo(5.5);
    assertThat(clock.seconds()).isEqualTo(7);
  }

  @Test
  void doesNotCountWhileNoThreadRan() {
    clock.setBeating(true);
    pass(1.5);
    assertThat(clock.seconds()).isCloseTo(2.5, within(1e-9));
    pass(35);
    assertThat(clock.seconds()).isCloseTo(2.5, within(1e-9));
    pass(0.1);
    assertThat(clock.seconds()).isCloseTo(2.6, within(1e-9));
    assertThat(clock.takeSleep()).isEqualTo(Duration.ofSeconds(35));
    assertThat(clock.takeSleep()).isZero();
  }

  /** On a busy machine steps take long, but the heartbeat gets its turn. */
  @Test
  void countsTheSlowStepsOfABusyMachine() {
    clock.setBeating(true);
    for (int beat = 0; beat < 100; beat++) {
      pass(0.9);
      clock.seconds();
    }
    assertThat(clock.seconds()).isCloseTo(91, within(1e-6));
    assertThat(clock.takeSleep()).isZero();
  }

  /** The clock of a suspended computer may stand still: there is nothing to leave out. */
  @Test
  void tellsOfASuspensionByTheTimeOfDay() {
    clock.setBeating(true);
    pass(1);
    millis += 3_600_000;
    assertThat(clock.seconds()).isCloseTo(2, within(1e-9));
    assertThat(clock.takeSleep()).isEqualTo(Duration.ofHours(1));
    millis -= 3_600_000; // The clock is set back.
    assertThat(clock.seconds()).isCloseTo(2, within(1e-9));
    assertThat(clock.takeSleep()).isZero();
  }
}
