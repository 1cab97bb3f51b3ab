package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Model;
import charnn.model.Pace;
import charnn.model.TextStatistics;
import charnn.plan.Plan;
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
    return report(pace, charactersPerSecond, text(0, 0));
  }

  private static PlanReport report(Pace pace, double charactersPerSecond, TextStatistics text) {
    Model model = TestModels.atStep(0, pace);
    return PlanReport.of(
        new Plan(
            model.network().architecture(),
            model.hyperparameters(),
            1_183_440,
            text.validationCharacters(),
            2311,
            123e6,
            charactersPerSecond,
            600,
            1.23),
        text);
  }

  private static TextStatistics text(int validation, double unseen) {
    return new TextStatistics(3, 1.5, 1_183_440, validation, 3, unseen, 0.01);
  }

  @Test
  void aValidationTextTooShortToEvaluateWithIsTold() {
    Pace pace = Pace.ofSteps(5000);
    assertThat(report(pace, 1, text(0, 0)).toText(200)).contains("none for validation");
    assertThat(report(pace, 1, text(1, 0)).toText(200))
        .contains("too few to evaluate on (the last model is kept");
    assertThat(report(pace, 1, text(2, 0)).toText(200)).doesNotContain("too short");
  }

  @Test
  void noLossIsExpectedOnTextOfAnotherKind() {
    Pace pace = Pace.ofSteps(5000);
    assertThat(report(pace, 1, text(5000, 0.02)).toText(200)).contains("about 1.23 nats");
    assertThat(report(pace, 1, text(5000, 0.9)).toText(200)).doesNotContain("1.23");
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
