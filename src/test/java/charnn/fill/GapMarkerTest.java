package charnn.fill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapMarkerTest {
  @Test
  void underscoresAreOneGapFromThreeOn() {
    assertThat(GapMarker.UNDERSCORES.parts("a ___ b__c_____d")).containsExactly("a ", " b__c", "d");
    assertThat(GapMarker.UNDERSCORES.parts("___")).containsExactly("", "");
    assertThat(GapMarker.UNDERSCORES.parts("none")).containsExactly("none");
    assertThat(GapMarker.of(".*").parts("a___.*.*b")).containsExactly("a___", "", "b");
  }
}
