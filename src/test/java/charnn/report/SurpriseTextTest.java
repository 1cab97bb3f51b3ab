package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.eval.ScoredText;
import charnn.eval.TextScore;
import charnn.nn.LossMetrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SurpriseTextTest {
  private static final double NAN = Double.NaN;

  private static ScoredText text(String text, double... bits) {
    double[] nats = Arrays.stream(bits).map(b -> b * LossMetrics.LN_2).toArray();
    return new ScoredText(text, new TextScore(1, 0, 1, 1), nats, new boolean[nats.length], null);
  }

  private static String print(Colours colours, int columns, ScoredText text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    new SurpriseText(colours, columns).print(text, out);
    return bytes.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, LOW",
    "1, LOW",
    "1.001, MEDIUM",
    "3, MEDIUM",
    "3.001, HIGH",
    "6, HIGH",
    "6.001, EXTREME",
    "1e9, EXTREME",
    "NaN, UNSCORED",
  })
  void levelsAreRangesOfBits(double bits, SurpriseLevel level) {
    assertThat(SurpriseLevel.of(bits * LossMetrics.LN_2)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "SIXTEEN, 30;46, 30;43, 30;41",
    "PALETTE, 38;5;16;48;5;229, 38;5;16;48;5;215, 38;5;16;48;5;203",
    "TRUE, 38;2;0;0;0;48;2;255;241;168, 38;2;0;0;0;48;2;255;180;92, 38;2;0;0;0;48;2;255;111;97",
  })
  void charactersOfALevelHaveItsColour(
      Colours colours, String medium, String high, String extreme) {
    assertThat(print(colours, 80, text("abcdefg\nh", NAN, 0, 2, 2, 4, 9, 1, 5, 0)))
        .isEqualTo(
            "ab\u001B["
                + medium
                + "mcd\u001B[0m\u001B["
                + high
                + "me\u001B[0m\u001B["
                + extreme
                + "mf\u001B[0mg\u001B["
                + high
                + "m↵\u001B[0m\nh\n");
  }

  @ParameterizedTest
  @EnumSource
  void withoutItsEscapesTheTextIsThere(Colours colours) {
    ScoredText text = text("it is\n so", 0, 9, 9, 0, 4, NAN, 2, 2, 0);
    String shown = print(colours, 80, text).replaceAll("\u001B\\[[0-9;]*m", "");
    assertThat(shown.lines().filter(line -> !line.matches("[ .+#]+")))
        .containsExactly("it is", " so");
    assertThat(shown).endsWith("\n");
  }

  @Test
  void marksStandBelowTheirCharacters() {
    assertThat(print(Colours.NONE, 80, text("abcde\nfg", NAN, 0, 2, 4, 9, 7, 0, 4)))
        .isEqualTo("abcde↵\n  .+##\nfg\n +\n");
  }

  @Test
  void marksStandBelowWideAndCombinedCharacters() {
    // An ideograph and an emoji take two columns, a combining accent none.
    assertThat(print(Colours.NONE, 80, text("日e\u0301x\uD83D\uDE00.", 4, 0, 9, 2, 4, 0)))
        .isEqualTo("日e\u0301x\uD83D\uDE00.\n++#.++\n");
  }

  @Test
  void longLinesAreBrokenWithTheirMarks() {
    assertThat(print(Colours.NONE, 4, text("abcdefg日h", 9, 0, 0, 0, 4, 0, 0, 2, 2)))
        .isEqualTo("abcd\n#\nefg\n+\n日h\n...\n");
  }

  @ParameterizedTest
  @EnumSource
  void whatATerminalWouldObeyIsShown(Colours colours) {
    String shown = print(colours, 80, text("\u001B[2J\u202E\t\u0007", 0, 0, 0, 0, 0, 0, 0));
    assertThat(shown).startsWith("␛[2J‹U+202E›→␇\n").doesNotContain("\u001B", "\u202E", "\t");
  }

  @Test
  void emptyLinesAreKept() {
    ScoredText text = text("a\n\nb\n", 0, NAN, NAN, 0, NAN);
    assertThat(print(Colours.TRUE, 80, text)).isEqualTo("a\n\nb\n");
    assertThat(print(Colours.NONE, 80, text)).isEqualTo("a\n\n\nb\n\n");
  }

  @Test
  void theLegendNamesAllRanges() {
    assertThat(new SurpriseText(Colours.NONE, 80).legend())
        .isEqualTo("bits of surprise:  0-1 no mark,  . 1-3  + 3-6  # over 6\n");
    assertThat(new SurpriseText(Colours.SIXTEEN, 80).legend())
        .isEqualTo(
            "bits of surprise:   0-1   \u001B[30;46m 1-3 \u001B[0m  \u001B[30;43m 3-6 \u001B[0m  \u001B[30;41m over 6 \u001B[0m\n");
  }
}
