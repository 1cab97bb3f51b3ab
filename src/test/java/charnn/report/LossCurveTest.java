package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossCurveTest {
  private static final LossCurve.Style BRAILLE = new LossCurve.Style(false, false);
  private static final LossCurve.Style ASCII = new LossCurve.Style(true, false);
  private static final int LABEL = 7;

  /** A loss of 4 / x^0.3 at x = 1 to 500, evaluated at every 100th. */
  private static NumberTable metrics() {
    List<double[]> rows = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      rows.add(new double[] {10 * i, loss(i), i % 100 == 0 ? loss(i) + 0.1 : Double.NaN});
    }
    return new NumberTable(List.of("step", "loss", "held_out_loss"), rows);
  }

  private static double loss(double i) {
    return 4 * Math.pow(i, -0.3);
  }

  /** Reads the curve back from its dots: each is where the loss is, to half a dot. */
  @ParameterizedTest
  @ValueSource(ints = {24, 25, 40, 80, 120})
  void theDotsAreWhereTheLossIs(int columns) {
    List<String> lines = LossCurve.of(metrics(), BRAILLE, columns, 18);
    assertThat(lines).hasSize(18);
    int width = columns - LABEL;
    double most = Math.log(Double.parseDouble(lines.get(0).substring(0, 5)));
    double least = Math.log(Double.parseDouble(lines.get(15).substring(0, 5)));
    int[] offsets = {0, 1, 2, 6, 3, 4, 5, 7}; // of the bits: left column from above, right one
    int dots = 0;
    for (int row = 0; row < 16; row++) {
      String line = lines.get(row);
      for (int column = LABEL; column < line.length(); column++) {
        int bits = line.charAt(column) - 0x2800;
        if (bits < 0 || bits > 255) {
          continue;
        }
        for (int dot = 0; dot < 8; dot++) {
          if ((bits >> offsets[dot] & 1) == 1) {
            dots++;
            double x = (2 * (column - LABEL) + dot / 4) / (2.0 * width - 1);
            double y = (4 * row + dot % 4) / 63.0;
            double expected = (most - Math.log(loss(1 + x * 499))) / (most - least);
            // Within the first column of dots, the loss falls by far.
            double half = 0.5 / (2.0 * width - 1);
            double above =
                (most - Math.log(loss(1 + Math.max(0, x - 3 * half) * 499))) / (most - least);
            double below =
                (most - Math.log(loss(1 + Math.min(1, x + 3 * half) * 499))) / (most - least);
            assertThat(y).isBetween(above - 1 / 63.0, below + 1 / 63.0);
            assertThat(expected).isCloseTo(y, within(0.5));
          }
        }
      }
    }
    assertThat(dots).isGreaterThan(width);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 31, 80})
  void everyLineFitsAndHasItsLabels(int columns) {
    for (LossCurve.Style style : List.of(BRAILLE, ASCII)) {
      List<String> lines = LossCurve.of(metrics(), style, columns, 12);
      assertThat(lines).hasSize(12).allMatch(line -> VisibleText.columns(line) <= columns);
      assertThat(Double.parseDouble(lines.get(0).substring(0, 5))).isBetween(1.5, 4.0);
      assertThat(lines.get(9)).startsWith("0.62");
      assertThat(lines.get(10)).matches(" {7}10 +5,000");
      assertThat(String.join("", lines.subList(0, 10)).chars().filter(c -> c == 'o'))
          .hasSizeBetween(4, 5); // two evaluations may fall on one character
    }
  }

  @Test
  void aPlainTerminalGetsAsciiAndNoColours() {
    assertThat(String.join("\n", LossCurve.of(metrics(), ASCII, 60, 12)))
        .matches("[\\x20-\\x7e\\n]*")
        .contains(". training loss  o validation loss");
    assertThat(String.join("", LossCurve.of(metrics(), BRAILLE, 60, 12))).doesNotContain("\u001B");
    List<String> coloured = LossCurve.of(metrics(), new LossCurve.Style(false, true), 60, 12);
    assertThat(coloured.subList(0, 10)).allMatch(line -> line.endsWith("\u001B[0m"));
    assertThat(String.join("", coloured).replaceAll("\u001B\\[\\d*m", ""))
        .isEqualTo(String.join("", LossCurve.of(metrics(), BRAILLE, 60, 12)));
  }

  @Test
  void whereNothingCanBeSeenNothingIsDrawn() {
    assertThat(LossCurve.of(metrics(), BRAILLE, 23, 12)).isEmpty();
    assertThat(LossCurve.of(metrics(), BRAILLE, 80, 5)).isEmpty();
    NumberTable one =
        new NumberTable(
            List.of("step", "loss"), List.of(new double[] {10, 2}, new double[] {20, Double.NaN}));
    assertThat(LossCurve.of(one, BRAILLE, 80, 12)).isEmpty();
    NumberTable level =
        new NumberTable(
            List.of("step", "loss"), List.of(new double[] {10, 2}, new double[] {20, 2}));
    assertThat(LossCurve.of(level, ASCII, 30, 8)).hasSize(8);
  }
}
