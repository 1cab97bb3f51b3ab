package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.score.ContextModel;
import charnn.text.Split;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedLossTest {
  private static final int V = 8;

  private static char[] text(int length) {
    SplittableRandom random = new SplittableRandom(1);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) (i % 3 == 0 ? random.nextInt(V) : (text[i - 1] + 1) % V);
    }
    return text;
  }

  @Test
  void moreWorkLeadsFurtherBelowTheContextModelDownToAFloor() {
    Split split = Split.of(text(20_000), 0.1);
    double before = new ContextModel(split.training(), V).loss(split.heldOut());
    double floor = 0.8 * before;
    for (double operations : new double[] {1e12, 1e13, 1e14}) {
      double expected = ExpectedLoss.of(split, V, operations);
      assertThat(expected).isLessThanOrEqualTo(before).isGreaterThan(floor);
      before = expected;
    }
    assertThat(ExpectedLoss.of(split, V, 1e30)).isGreaterThan(floor);
  }

  @Test
  void withoutHeldOutTextNothingIsExpected() {
    assertThat(ExpectedLoss.of(Split.of(text(1000), 0), V, 1e12)).isNaN();
  }
}
