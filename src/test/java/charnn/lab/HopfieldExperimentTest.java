package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HopfieldExperimentTest {
  @Test
  void theClassicalNetworkRecallsBelowItsLimitAndNotAbove() {
    assertThat(recall(0.06).recalled()).isGreaterThan(0.98);
    assertThat(recall(0.3).recalled()).isLessThan(0.05);
  }

  @Test
  void theModernNetworkRecallsFarAboveThatLimit() {
    assertThat(recall(3).modernRecalled()).isEqualTo(1, Offset.offset(1e-9));
  }

  private static HopfieldExperiment.Recall recall(double load) {
    int units = 200;
    return HopfieldExperiment.recall(
        new SplittableRandom(1), units, (int) (load * units), 0.1, 0.5);
  }
}
