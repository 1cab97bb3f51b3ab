package charnn.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTest {
  private static final int TIMES = 20; // so that each property varies enough

  private static Property property(String name, String text) {
    int[] characters = text.codePoints().toArray();
    int[] next =
        IntStream.range(0, characters.length)
            .map(i -> i + 1 < characters.length ? i + 1 : -1)
            .toArray();
    return Property.of(characters, next).stream()
        .filter(property -> property.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The values of the text's first part, one digit each. */
  private static String values(String name, String text) {
    float[] values = property(name, (text + "\n\n").repeat(TIMES)).values();
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.codePointCount(0, text.length()); i++) {
      digits.append(Math.round(values[i]));
    }
    return digits.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a “b c” d          |001111000",
        "a ‘it’s’ d         |0011111000",
        "\"Go,\" he \"no\"     |1111000001110",
        "the dog's 'a b' it |000000000011110000",
        "«a» b              |11000",
        "no “end            |0001111",
      })
  void quotes(String text, String inside) {
    assertThat(values("inside quotes", text))
        .isEqualTo(inside.length() > text.length() ? inside.substring(0, text.length()) : inside);
  }

  @Test
  void bracketsLinesAndWords() {
    assertThat(values("inside brackets", "a (b [c] d) e)")).isEqualTo("00111111110000");
    assertThat(values("characters since the line began", "ab\ncde")).isEqualTo("120123");
    assertThat(values("letters of the word so far", "ab, cde")).isEqualTo("1200123");
    assertThat(values("letters left in the word", "ab, cde")).isEqualTo("1000210");
    assertThat(values("length of the word", "ab, cde")).isEqualTo("2200333");
    assertThat(values("characters since the sentence began", "Ab. Cd! e")).isEqualTo("120123012");
    assertThat(values("capital letter", "aBc")).isEqualTo("010");
    assertThat(values("digit", "a12")).isEqualTo("011");
    assertThat(values("after a newline", "a\nb")).isEqualTo("010");
    assertThat(values("next is a space", "a b")).isEqualTo("100");
  }

  /** Not at the beginning of a sentence, and no single letter. */
  @Test
  void names() {
    assertThat(values("in a name", "The Hans. But I saw Gretel"))
        .isEqualTo("00001111000000000000111111");
  }

  @Test
  void whatHardlyVariesIsNotLookedFor() {
    int[] text = "all the same words again ".repeat(40).codePoints().toArray();
    int[] next = new int[text.length];
    Arrays.fill(next, -1);
    List<String> names = Property.of(text, next).stream().map(Property::name).toList();
    assertThat(names)
        .contains("letters of the word so far")
        .doesNotContain("inside quotes", "digit", "after a newline", "next is a space");
  }
}
