package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionedRandomTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, 0x9E3779B97F4A7C15L})
  void drawsWhatJavasOwnDraws(long seed) {
    SplittableRandom expected = new SplittableRandom(seed);
    PositionedRandom random = new PositionedRandom(seed);
    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextDouble()).isEqualTo(expected.nextDouble());
      assertThat(random.nextLong()).isEqualTo(expected.nextLong());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000})
  void continuesFromItsPosition(int draws) {
    PositionedRandom random = new PositionedRandom(7);
    for (int i = 0; i < draws; i++) {
      random.nextDouble();
    }
    PositionedRandom continued = new PositionedRandom(random.position());
    for (int i = 0; i < 10; i++) {
      assertThat(continued.nextDouble()).isEqualTo(random.nextDouble());
    }
  }
}
