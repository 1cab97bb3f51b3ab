package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Model;
import charnn.model.ScheduleHorizon;
import charnn.model.TextStatistics;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanReportTest {
  private static final int NAMES = 9;

  private static PlanReport report(ScheduleHorizon horizon) {
    return report(horizon, 198_765);
  }

  private static PlanReport report(ScheduleHorizon horizon, double charactersPerSecond) {
    return report(horizon, charactersPerSecond, text(0, 0));
  }

  private static PlanReport report(
      ScheduleHorizon horizon, double charactersPerSecond, TextStatistics text) {
    Model model = TestModels.atStep(0, horizon);
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
    ScheduleHorizon horizon = ScheduleHorizon.ofSteps(5000);
    assertThat(report(horizon, 1, text(0, 0)).toText(200)).contains("none for validation");
    assertThat(report(horizon, 1, text(1, 0)).toText(200))
        .contains("too few to evaluate on (the last model is kept");
    assertThat(report(horizon, 1, text(2, 0)).toText(200)).doesNotContain("too short");
  }

  @Test
  void noLossIsExpectedOnTextOfAnotherKind() {
    ScheduleHorizon horizon = ScheduleHorizon.ofSteps(5000);
    assertThat(report(horizon, 1, text(5000, 0.02)).toText(200)).contains("about 1.23 nats");
    assertThat(report(horizon, 1, text(5000, 0.9)).toText(200)).doesNotContain("1.23");
  }

  @Test
  void aCellWithoutAForecastIsTold() {
    ScheduleHorizon horizon = ScheduleHorizon.ofSteps(5000);
    assertThat(rnn(horizon, 1).toText(200)).contains("not predicted for the cell rnn");
    assertThat(rnn(horizon, 0).toText(200)).doesNotContain("predicted");
    assertThat(rnn(ScheduleHorizon.ofSteps(50), 1).toText(200)).doesNotContain("predicted");
  }

  private static PlanReport rnn(ScheduleHorizon horizon, double charactersPerSecond) {
    return PlanReport.of(
        new Plan(
            new NetworkSpec(CellType.RNN, 65, 128, 1),
            TestModels.atStep(0, horizon).hyperparameters(),
            1_183_440,
            5000,
            2311,
            123e6,
            charactersPerSecond,
            600,
            Double.NaN),
        text(5000, 0.02));
  }

  /** Steps that were only guessed are not shown. */
  @Test
  void aShortRunOfAGivenTimeHasAsManyStepsAsFit() {
    String text = report(ScheduleHorizon.ofTime(123_456, 20), 0).toText(80);
    assertThat(text)
        .contains("as many as the time allows", "20s: too short to measure")
        .doesNotContain("123,456");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 72, 80, 132})
  void linesAreBrokenBetweenWordsAndContinueBelowTheirBeginning(int columns) {
    String whole = report(ScheduleHorizon.ofTime(123_456, 600)).toText(1000);
    String text = report(ScheduleHorizon.ofTime(123_456, 600)).toText(columns);
    List<String> lines = text.lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.substring(NAMES)).doesNotStartWith(" ").isNotBlank());
    assertThat(text.replaceAll("\\s+", " ")).isEqualTo(whole.replaceAll("\\s+", " "));
    assertThat(whole.lines().count()).isLessThanOrEqualTo(lines.size());
  }
}
