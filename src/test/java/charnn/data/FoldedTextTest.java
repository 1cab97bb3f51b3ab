package charnn.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextTest {
  private static String folded(String text, Spacing spacing) {
    int[] characters = FoldedText.of(text, spacing);
    return new String(characters, 0, characters.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        " a b ",
        "a\nb",
        "a\r\nb",
        "\n\na \t b\n",
        "a\u00A0b",
        "a\u3000\u2028 b",
        "a\u202Fb\f"
      })
  void aRunOfWhiteSpaceIsOneSpaceAndNoneAtTheEnds(String text) {
    assertThat(folded(text, Spacing.FOLDED)).isEqualTo("a b");
    assertThat(folded(text, Spacing.KEPT)).isEqualTo(text);
  }

  @Test
  void whatHasNoOtherCharacterIsEmpty() {
    assertThat(folded("", Spacing.FOLDED)).isEmpty();
    assertThat(folded(" \n\t", Spacing.FOLDED)).isEmpty();
    assertThat(folded("\n", Spacing.KEPT)).isEqualTo("\n");
  }

  @Test
  void aCharacterIsACodePoint() {
    assertThat(FoldedText.of("😀 \n😂", Spacing.FOLDED)).containsExactly(0x1F600, ' ', 0x1F602);
  }

  @Test
  void offsetsAreThoseOfTheText() {
    FoldedText reader = new FoldedText("xx 😀 \n b  ", 2, 11, Spacing.FOLDED);
    assertThat(reader.next()).isEqualTo(0x1F600);
    assertThat(reader.offset()).isEqualTo(3);
    assertThat(reader.next()).isEqualTo(' ');
    assertThat(reader.offset()).isEqualTo(5);
    assertThat(reader.next()).isEqualTo('b');
    assertThat(reader.offset()).isEqualTo(8);
    assertThat(reader.next()).isEqualTo(FoldedText.END);
    assertThat(reader.next()).isEqualTo(FoldedText.END);
  }

  @Test
  void partsAreReadAndSkipped() {
    FoldedText reader = new FoldedText("one  two", Spacing.FOLDED);
    assertThat(reader.skip(2).read(3)).containsExactly('e', ' ', 't');
    assertThat(reader.read(9)).containsExactly('w', 'o');
    assertThat(reader.skip(1).read(1)).isEmpty();
  }
}
