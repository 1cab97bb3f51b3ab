package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Model;
import charnn.model.Pace;
import charnn.train.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReportTest {
  private static final int NAMES = 9;

  private static PlanReport report(Pace pace) {
    return report(pace, 198_765);
  }

  private static PlanReport report(Pace pace, double charactersPerSecond) {
    Model model = TestModels.atStep(0, pace);
    return PlanReport.of(
        new Plan(
            model.network().architecture(),
            model.recipe(),
            1_183_440,
            0,
            2311,
            123e6,
            charactersPerSecond,
            600,
            1.23));
  }

  /** Steps that were only guessed are not shown. */
  @Test
  void aShortRunOfAGivenTimeHasAsManyStepsAsFit() {
    String text = report(Pace.ofTime(123_456, 20), 0).toText(80);
    assertThat(text).contains("as many as the time allows", "20s").doesNotContain("123,456");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 72, 80, 132})
  void linesAreBrokenBetweenWordsAndContinueBelowTheirBeginning(int columns) {
    String whole = report(Pace.ofTime(123_456, 600)).toText(1000);
    String text = report(Pace.ofTime(123_456, 600)).toText(columns);
    List<String> lines = text.lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.substring(NAMES)).doesNotStartWith(" ").isNotBlank());
    assertThat(text.replaceAll("\\s+", " ")).isEqualTo(whole.replaceAll("\\s+", " "));
    assertThat(whole.lines().count()).isLessThanOrEqualTo(lines.size());
  }
}
