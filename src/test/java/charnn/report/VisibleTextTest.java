package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

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
    "0x80, 0xFFFD",
    "0x9B, 0xFFFD",
    "0x9F, 0xFFFD",
  })
  void aControlCharacterIsShownAsAPicture(int control, int picture) {
    assertThat(VisibleText.visible(control)).isEqualTo(picture);
  }

  @ParameterizedTest
  @ValueSource(ints = {'\n', '\t', ' ', '~', 0xA0, 'é', 0x241B, 0x65E5, 0x1F600, 0x10FFFF})
  void everythingElseStays(int codePoint) {
    assertThat(VisibleText.visible(codePoint)).isEqualTo(codePoint);
  }

  @Test
  void noControlCharacterButNewlineAndTabIsLeft() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int visible = VisibleText.visible(codePoint);
      assertThat(Character.isISOControl(visible))
          .as("U+%04X", codePoint)
          .isEqualTo(codePoint == '\n' || codePoint == '\t');
    }
  }

  @Test
  void oneLineHasNoLineEnds() {
    assertThat(VisibleText.oneLine("a\nb\tc\r\n\u001B[31md😀")).isEqualTo("a b c␍ ␛[31md😀");
    assertThat(VisibleText.oneLine("")).isEmpty();
  }
}
