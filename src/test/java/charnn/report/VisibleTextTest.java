package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  @ParameterizedTest
  @CsvSource({
    "0x00, 0x2400",
    "0x07, 0x2407",
    "0x08, 0x2408",
    "0x0D, 0x240D",
    "0x1B, 0x241B",
    "0x1F, 0x241F",
    "0x7F, 0x2421",
  })
  void aControlCharacterIsShownAsAPicture(int control, int picture) {
    assertThat(VisibleText.of(Character.toString(control))).isEqualTo(Character.toString(picture));
  }

  @ParameterizedTest
  @CsvSource({
    "0x80, ‹U+0080›", // controls of the upper half
    "0x85, ‹U+0085›",
    "0x9B, ‹U+009B›",
    "0xAD, ‹U+00AD›", // soft hyphen
    "0x34F, ‹U+034F›", // combining grapheme joiner
    "0x61C, ‹U+061C›", // marks of direction
    "0x200B, ‹U+200B›", // zero width
    "0x200C, ‹U+200C›",
    "0x200D, ‹U+200D›",
    "0x200E, ‹U+200E›",
    "0x2028, ‹U+2028›", // ends of lines
    "0x2029, ‹U+2029›",
    "0x202A, ‹U+202A›",
    "0x202E, ‹U+202E›",
    "0x2060, ‹U+2060›",
    "0x2066, ‹U+2066›",
    "0x2069, ‹U+2069›",
    "0x3164, ‹U+3164›", // Hangul filler
    "0xD800, ‹U+D800›", // half a pair
    "0xFDD0, ‹U+FDD0›", // no characters
    "0xFE0F, ‹U+FE0F›",
    "0xFEFF, ‹U+FEFF›",
    "0xFFFF, ‹U+FFFF›",
    "0xE0041, ‹U+E0041›", // tags
    "0x10FFFF, ‹U+10FFFF›",
  })
  void whatIsObeyedOrInvisibleIsShownByItsNumber(int codePoint, String number) {
    assertThat(VisibleText.of("a" + Character.toString(codePoint) + "b"))
        .isEqualTo("a" + number + "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n\t ~\u00A0é␛日😀",
        "e\u0301", // an accent of its own
        "👩\u200D👩\u200D👧", // a family: joined emoji
        "❤\uFE0F\u200D🔥",
        "🏳\uFE0F\u200D🌈",
        "👍🏽",
        "\uD83E\uDEE0", // of Unicode 14
        "می\u200Cخواهم", // Persian
        "क\u094D\u200Dष", // Devanagari
        "葛\uDB40\uDD00", // an ideograph and the selector of its form
        "שלום عليكم",
        "\u0600\u0661", // Arabic number sign
        "한글",
      })
  void writingStaysAsItIs(String text) {
    assertThat(VisibleText.of(text)).isEqualTo(text);
  }

  @Test
  void joinersCannotPileUp() {
    assertThat(VisibleText.of("👩\u200D\u200Da\u200D")).isEqualTo("👩\u200D‹U+200D›a‹U+200D›");
  }

  @Test
  void nothingThatATerminalObeysIsLeft() {
    Set<Byte> obeyed =
        Set.of(
            Character.CONTROL,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR,
            Character.SURROGATE);
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String visible = VisibleText.of(Character.toString(codePoint));
      assertThat(visible.codePoints().allMatch(c -> !obeyed.contains((byte) Character.getType(c))))
          .as("U+%04X", codePoint)
          .isEqualTo(codePoint != '\n' && codePoint != '\t');
    }
  }

  @Test
  void visibleTextStaysAsItIs() {
    String visible = VisibleText.of("a\u001B\u009B\u202E👩\u200D\u200D👧");
    assertThat(VisibleText.of(visible)).isEqualTo(visible);
  }

  @Test
  void oneLineHasNoLineEnds() {
    assertThat(VisibleText.oneLine("a\nb\tc\r\n\u001B[31md😀")).isEqualTo("a b c␍ ␛[31md😀");
    assertThat(VisibleText.oneLine("a\u2028b\u0085c")).isEqualTo("a‹U+2028›b‹U+0085›c");
    assertThat(VisibleText.oneLine("")).isEmpty();
  }

  @Test
  void columnsAreCountedNotCharacters() {
    assertThat(VisibleText.fit("abc", 3)).isEqualTo("abc");
    assertThat(VisibleText.fit("abcd", 3)).isEqualTo("abc");
    assertThat(VisibleText.fit("日本語", 4)).isEqualTo("日本");
    assertThat(VisibleText.fit("日本語", 5)).isEqualTo("日本");
    assertThat(VisibleText.fit("한a글", 3)).isEqualTo("한a");
    assertThat(VisibleText.fit("e\u0301a\u0302b", 2)).isEqualTo("e\u0301a\u0302");
    assertThat(VisibleText.fit("😀😀", 3)).isEqualTo("😀");
    assertThat(VisibleText.fit("abc", 0)).isEmpty();
    assertThat(VisibleText.fit("abc", -1)).isEmpty();
  }
}
