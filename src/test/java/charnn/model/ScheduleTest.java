package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void ratesAreWrittenAsPeopleWriteThem() {
    assertThat(new Schedule(1e-9, 2, 0.3, 0, 1).describe())
        .isEqualTo("Adam 1e-9 (input weights x 2, recurrent x 0.3), cosine");
    assertThat(new Schedule(0.002, 1, 1, 100, 1e-5).describe())
        .isEqualTo("Adam 0.002, times 1e-5 every 100 steps");
  }
}
