package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DirectionTest {
  private static char[] chars(int... values) {
    char[] chars = new char[values.length];
    for (int i = 0; i < values.length; i++) {
      chars[i] = (char) values[i];
    }
    return chars;
  }

  @Test
  void backwardTurnsTokensCharactersAndLists() {
    assertThat(Direction.BACKWARD.turned(new char[] {1, 2, 3})).containsExactly(chars(3, 2, 1));
    assertThat(Direction.BACKWARD.turned(new int[] {1, 2})).containsExactly(2, 1);
    assertThat(Direction.BACKWARD.turned("aé𝄞b")).isEqualTo("b𝄞éa");
    assertThat(Direction.BACKWARD.turned(List.of("x", "y"))).containsExactly("y", "x");
    assertThat(Direction.BACKWARD.turned("")).isEmpty();
  }

  @Test
  void forwardLeavesThemAsTheyAre() {
    char[] tokens = {1, 2, 3};
    assertThat(Direction.FORWARD.turned(tokens)).isSameAs(tokens).containsExactly(chars(1, 2, 3));
    assertThat(Direction.FORWARD.turned("ab")).isEqualTo("ab");
  }

  /** Both directions have the same validation set: the last part of the text. */
  @Test
  void aSplitIsTurnedWithinItsParts() {
    TrainValidationSplit split = TrainValidationSplit.of(Tokens.of(chars(1, 2, 3, 4, 5)), 0.4);
    TrainValidationSplit turned = split.turned(Direction.BACKWARD);
    assertThat(turned.training().toArray()).containsExactly(chars(3, 2, 1));
    assertThat(turned.validation().toArray()).containsExactly(chars(5, 4));
    assertThat(split.training().toArray()).containsExactly(chars(1, 2, 3));
  }

  @Test
  void namesAreThoseOfTheModelFile() {
    assertThat(Direction.of("BACKWARD")).isEqualTo(Direction.BACKWARD).hasToString("backward");
    assertThatThrownBy(() -> Direction.of("sideways"))
        .hasMessage("there is no direction 'sideways'");
  }
}
