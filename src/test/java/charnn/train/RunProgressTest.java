package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.model.Hyperparameters;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.model.ScheduleHorizon;
import charnn.model.TextStatistics;
import charnn.nn.LossMetrics;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final LossMetrics STEP = new LossMetrics(12, 3, 6); // a batch of 2 x 3
  private static final TextStatistics TEXT = new TextStatistics(2.5, 1.5, 90, 10, 3, 0.25, 0.125);

  private final DivergenceGuard guard = new DivergenceGuard(TEXT, 4);

  private static Hyperparameters hyperparameters(ScheduleHorizon horizon, int patience) {
    return Models.plain(2, 3, 0.01)
        .set(Hyperparameters.PATIENCE, patience)
        .engine("scalar")
        .plan(horizon, 4, 2)
        .build();
  }

  private RunProgress started(Hyperparameters hyperparameters, int validationCharacters) {
    return new RunProgress(
        Progress.start(5),
        hyperparameters,
        hyperparameters,
        new TrainValidationSplit(
            Tokens.of(new char[30]), Tokens.of(new char[validationCharacters])),
        TEXT,
        guard,
        1);
  }

  private static Hyperparameters ofSteps(long steps) {
    return hyperparameters(ScheduleHorizon.ofSteps(steps), 0);
  }

  private static void steps(RunProgress progress, int count) {
    for (int i = 0; i < count; i++) {
      progress.stepped(STEP, 0.01);
      progress.workDone();
    }
  }

  @Test
  void theAverageLossBeginsWithTheFirstStepAndFollowsByAHundredth() {
    RunProgress progress = started(ofSteps(10), 10);
    progress.average(3);
    assertThat(progress.at(0).averageLoss()).isEqualTo(3);
    progress.average(2);
    assertThat(progress.at(0).averageLoss()).isEqualTo(3 + 0.01 * (2 - 3));
  }

  @Test
  void aStepLeavesWorkPending() {
    RunProgress progress = started(ofSteps(10), 10);
    progress.stepped(STEP, 0.01);
    assertThat(progress.isWorkPending()).isTrue();
    progress.workDone();
    Progress now = progress.at(7.5);
    assertThat(now.workPending()).isFalse();
    assertThat(now.step()).isEqualTo(1);
    assertThat(now.charactersSeen()).isEqualTo(6);
    assertThat(now.seconds()).isEqualTo(7.5);
    assertThat(now.sinceReport()).isEqualTo(STEP);
  }

  @Test
  void evaluationsAndRowsComeAtTheirIntervalsAndAtTheEnd() {
    RunProgress progress = started(ofSteps(10), 10);
    StringBuilder due = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      steps(progress, 1);
      due.append(progress.isEvaluationDue() ? 'E' : progress.isRowDue(true) ? 'r' : '-');
    }
    assertThat(due).hasToString("-r-E-r-E-E");
    assertThat(progress.isOver()).isTrue();
  }

  @Test
  void inATimeBudgetedRunTheIntervalCountsFromTheLatestEvaluation() {
    RunProgress progress = started(hyperparameters(ScheduleHorizon.ofTime(100, 60), 0), 10);
    steps(progress, 5);
    assertThat(progress.isEvaluationDue()).isTrue();
    progress.evaluated();
    steps(progress, 3);
    assertThat(progress.isEvaluationDue()).isFalse();
    steps(progress, 1);
    assertThat(progress.isEvaluationDue()).isTrue();
  }

  @Test
  void aRollbackHalvesTheRateOfTheCheckpoint() {
    RunProgress progress = started(ofSteps(100), 10);
    progress.setSamplesBytes(OptionalLong.of(70));
    steps(progress, 3);
    Progress checkpoint = progress.at(1);
    double rate = progress.nextRates().applyAsDouble(progress.step());
    steps(progress, 4);
    progress.rollBackTo(checkpoint);
    assertThat(progress.step()).isEqualTo(3);
    assertThat(progress.nextRates().applyAsDouble(progress.step())).isEqualTo(rate / 2);
    assertThat(progress.at(1).samplesBytes()).isEqualTo(70);
    progress.undoHalving();
    assertThat(progress.nextRates().applyAsDouble(progress.step())).isEqualTo(rate);
    assertThat(progress.rollbacks()).isEqualTo(1);
    // What was undone is not undone again by another rollback.
    progress.rollBackTo(checkpoint);
    assertThat(progress.halvings()).isZero();
  }

  @Test
  void withoutPatienceLeftItIsOver() {
    RunProgress progress = started(hyperparameters(ScheduleHorizon.ofSteps(1000), 2), 10);
    double[] losses = {2, 1.5, 1.6, 1.7};
    for (int i = 0; i < losses.length; i++) {
      // The warm-up is over: its rising rate would restart the patience.
      progress.stepped(STEP, 0.009 - i * 0.001);
      steps(progress, 0);
      for (int s = 1; s < 4; s++) {
        progress.stepped(STEP, 0.009 - i * 0.001);
      }
      progress.record(new LossMetrics(losses[i] * 10, 1, 10));
      progress.evaluated();
      progress.checkPatience();
      progress.workDone();
      assertThat(progress.isStoppedEarly())
          .isEqualTo(progress.at(0).isStoppedEarly(progress.hyperparameters(), TEXT));
    }
    assertThat(progress.at(0).evaluationsSinceBest()).isEqualTo(2);
  }

  @Test
  void withoutAValidationSetThereIsNothingToRecord() {
    RunProgress progress = started(ofSteps(100), 1);
    assertThat(progress.hasValidation()).isFalse();
    steps(progress, 4);
    assertThat(progress.isEvaluationDue()).isTrue(); // to sample
    assertThat(progress.metrics(1).validation()).isNull();
  }
}
