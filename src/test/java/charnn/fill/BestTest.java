package charnn.fill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BestTest {
  @Test
  void theFirstOfEqualOnesStays() {
    Best<String> best = new Best<>(3);
    best.add("a", -2);
    best.add("b", -1);
    best.add("c", -2);
    best.add("d", -2);
    assertThat(best.takes(-2)).isFalse();
    best.add("e", -0.5);
    best.add("f", -9);
    assertThat(best.items()).containsExactly("e", "b", "a");
  }
}
