package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineWrapTest {
  private static String wrapped(String line, int columns) {
    return LineWrap.wrap(line, columns).replace(System.lineSeparator(), "\n");
  }

  @Test
  void aLineThatFitsStaysAsItIs() {
    assertThat(wrapped("  step 1  epoch 2.0 ", 20)).isEqualTo("  step 1  epoch 2.0 ");
  }

  @Test
  void aLineThatDoesNotIsBrokenBetweenWords() {
    assertThat(wrapped("  step 1  epoch 2.0  loss 1.25  best", 20))
        .isEqualTo("  step 1  epoch 2.0\n  loss 1.25  best");
    assertThat(wrapped("an incomprehensibilities word", 20))
        .isEqualTo("an\n  incomprehensibilities\n  word");
  }

  @Test
  void eachOfSeveralLinesIsBrokenBelowItsBeginning() {
    assertThat(
            LineWrap.wrapLines("characters  12\nnats        1.25 +- 0.1\n", 20, 12)
                .replace(System.lineSeparator(), "\n"))
        .isEqualTo("characters  12\nnats        1.25 +-\n            0.1\n");
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    assertThat(wrapped("日本語です 日本語です 日", 21)).isEqualTo("日本語です 日本語です\n  日");
    assertThat(wrapped("日本語です 日本語です 日", 20)).isEqualTo("日本語です\n  日本語です 日");
  }

  @Test
  void aCommandStaysInOnePiece() {
    assertThat(wrapped("charnn: saved; resume with: charnn train --resume, or not", 30))
        .isEqualTo("charnn: saved; resume with:\n  charnn train --resume, or\n  not");
  }

  @Test
  void aVeryNarrowTerminalBreaksLinesItself() {
    assertThat(wrapped("one two three four five six", 19)).isEqualTo("one two three four five six");
  }
}
