package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import charnn.checkpoint.ModelFileException;
import charnn.eval.ScoredText;
import charnn.eval.TextScore;
import charnn.nn.LossMetrics;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreReportTest {
  private static final double NAN = Double.NaN;

  private static ScoredText text(String text, double... bits) {
    double[] nats = Arrays.stream(bits).map(b -> b * LossMetrics.LN_2).toArray();
    double sum = Arrays.stream(nats).filter(n -> !Double.isNaN(n)).sum();
    long known = Arrays.stream(nats).filter(n -> !Double.isNaN(n)).count();
    return new ScoredText(
        text, new TextScore(known, 0, sum, sum / known), nats, new boolean[nats.length], null);
  }

  /** A text as each model scores it. */
  private record Scored(String name, List<ScoredText> models) {}

  private static Scored scored(String name, ScoredText... models) {
    return new Scored(name, List.of(models));
  }

  private static ScoreReport report(List<String> models, List<Scored> texts, boolean ownLines)
      throws ModelFileException {
    ScoreReport.Builder report = new ScoreReport.Builder(models, ownLines);
    for (Scored text : texts) {
      List<TextScore> scores = text.models.stream().map(ScoredText::score).toList();
      report.add(text.name, scores, text.models);
    }
    return report.report();
  }

  @Test
  void aTotalIsOfAllCharacters() throws ModelFileException {
    ScoreReport report =
        report(
            List.of("m"),
            List.of(
                scored("one.txt", text("abc", NAN, 1, 2)), scored("two.txt", text("ab", NAN, 9))),
            false);
    ScoreReport.Figures total = report.total().get(0);
    assertThat(total.bits()).isCloseTo(12, within(1e-12));
    assertThat(total.characters()).isEqualTo(3);
    assertThat(total.bitsPerCharacter()).isCloseTo(4, within(1e-12));
    assertThat(total.perplexity()).isCloseTo(16, within(1e-9));
    assertThat(report.toText(0))
        .isEqualTo(
            """
            characters  unknown     bits  bits/char  perplexity  text
                     2        0   3.0000     1.5000      2.8284  one.txt
                     1        0   9.0000     9.0000    512.0000  two.txt
                     3        0  12.0000     4.0000     16.0000  total
            """);
  }

  @Test
  void oneTextIsItsOwnTotal() throws ModelFileException {
    ScoreReport report =
        report(List.of("m"), List.of(scored("t", text("abc", NAN, 0.1, 0.7))), false);
    assertThat(report.total()).isEqualTo(report.texts().get(0).scores());
    assertThat(report.toText(0)).hasLineCount(2);
  }

  @Test
  void eachLineIsWonByTheModelThatAlonePredictsItBest() throws ModelFileException {
    String lines = "a\nb\nc\nd";
    ScoredText first = text(lines, NAN, 1, 2, 1, 5, 1, 3);
    ScoredText second = text(lines, NAN, 2, 2, 1, 1, 1, 4);
    ScoreReport report = report(List.of("A", "B"), List.of(scored("t", first, second)), false);
    ScoreReport.Figures a = report.total().get(0);
    ScoreReport.Figures b = report.total().get(1);
    assertThat(a.linesWon()).isEqualTo(2);
    assertThat(b.linesWon()).isEqualTo(1);
    assertThat(a.shareOfLines()).isEqualTo(0.5);
    assertThat(b.shareOfLines()).isEqualTo(0.25);
    assertThat(a.moreBits()).isCloseTo(2, within(1e-12));
    assertThat(b.moreBits()).isZero();
    assertThat(report.texts().get(0).lines()).isNull();
    assertThat(report.toText(0))
        .isEqualTo(
            """
            characters  unknown     bits  bits/char  perplexity  more bits  lines won  model
                     6        0  13.0000     2.1667      4.4898     2.0000     50.0 %  A
                     6        0  11.0000     1.8333      3.5636     0.0000     25.0 %  B

            B predicts this best, with 2.0 bits fewer than A
            """);
  }

  @Test
  void aLineThatOneModelCannotScoreIsNobodys() throws ModelFileException {
    ScoreReport report =
        report(
            List.of("A", "B"),
            List.of(scored("t", text("a\nb", NAN, NAN, 1), text("a\nb", 3, 3, 2))),
            true);
    assertThat(report.total().get(0).shareOfLines()).isEqualTo(1);
    assertThat(report.texts().get(0).lines()).extracting(ScoreReport.Line::line).containsExactly(2);
  }

  @Test
  void equalModelsWinNothing() throws ModelFileException {
    ScoredText same = text("ab\ncd", NAN, 1, 1, 1, 1);
    ScoreReport report = report(List.of("A", "A (2)"), List.of(scored("t", same, same)), true);
    assertThat(report.total()).allMatch(figures -> figures.linesWon() == 0);
    assertThat(report.toText(0)).endsWith("several models predict this equally well\n");
    assertThat(report.texts().get(0).lines()).allMatch(line -> line.best() == null);
  }

  @Test
  void aDifferenceThatIsNotPrintedIsNone() throws ModelFileException {
    ScoredText first = text("ab", NAN, 1);
    for (double more : new double[] {0.04, 0.06}) {
      ScoredText second = text("ab", NAN, 1 + more);
      String table =
          report(List.of("A", "B"), List.of(scored("t", first, second)), false).toText(0);
      assertThat(table.contains("equally well")).isEqualTo(more < 0.05);
      assertThat(table).doesNotContain("0.0 bits fewer");
    }
  }

  @Test
  void linesAreATableOfTheirOwn() throws ModelFileException {
    ScoredText first = text("ab\n\tc", 1, 2, NAN, 3, 4);
    String one = report(List.of("m"), List.of(scored("t", first)), true).toText(0);
    assertThat(one)
        .startsWith(
            """
            line  characters    bits  bits/char  perplexity  text
               1           2  3.0000     1.5000      2.8284  ab
               2           2  7.0000     3.5000     11.3137   c

            """);
    ScoredText second = text("ab\n\tc", 2, 2, NAN, 3, 1);
    String two = report(List.of("A", "B"), List.of(scored("t", first, second)), true).toText(0);
    assertThat(two)
        .startsWith(
            """
            line  characters  bits, model 1  bits, model 2  best  text
               1           2         3.0000         4.0000     1  ab
               2           2         7.0000         4.0000     2   c

            """);
    assertThat(report(List.of("m"), List.of(scored("t", first)), true).toText(30))
        .startsWith("line  characters    bits  bits\n");
  }

  @Test
  void aDamagedModelIsRefused() {
    ScoredText worst = text("ab", NAN, 1e9);
    assertThatThrownBy(() -> report(List.of("m"), List.of(scored("t", worst)), false))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("no usable figure");
  }
}
