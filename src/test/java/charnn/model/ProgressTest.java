package charnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.nn.LossMetrics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static Progress progress(double[] rates, double[] validation) {
    List<Progress.Evaluation> rows = new ArrayList<>();
    for (int i = 0; i < validation.length; i++) {
      rows.add(
          new Progress.Evaluation(
              i + 1, rates[i], 1, new LossMetrics(100 * validation[i], 50, 100)));
    }
    return new Progress(
        validation.length, 5, 1000, 1, LossMetrics.NONE, rows, 1, 0, 0, false, null, null, null);
  }

  @Test
  void evaluationsAreCountedFromTheBest() {
    double[] rates = {3, 3, 2, 2};
    assertThat(progress(rates, new double[] {}).evaluationsSinceBest()).isZero();
    assertThat(progress(rates, new double[] {4, 3, 2, 1}).evaluationsSinceBest()).isZero();
    assertThat(progress(rates, new double[] {4, 1, 2, 3}).evaluationsSinceBest()).isEqualTo(2);
    assertThat(progress(rates, new double[] {1, 1, 2, 3}).evaluationsSinceBest()).isEqualTo(2);
    assertThat(progress(rates, new double[] {1, 2, 2, 3}).evaluationsSinceBest()).isEqualTo(3);
  }

  @Test
  void epochsAreCountedOnAcrossChangesOfTheBatchSize() {
    Progress before = progress(new double[3], new double[] {3, 2, 1});
    assertThat(before.epoch()).isEqualTo(3 / 5.0);
    Progress after = before.changed(List.of(), 50);
    assertThat(after.epoch()).isEqualTo(3 / 5.0);
    assertThat(after.latestChange().charactersSeen()).isEqualTo(1000);
    assertThat(after.changed(List.of(), 5).epoch()).isEqualTo(3 / 5.0);
    assertThat(after.changes()).hasSize(1);
  }

  @Test
  void onlyTheLossOnTextOfTheSameKindStopsTraining() {
    Progress rising = progress(new double[] {3, 3, 2, 2}, new double[] {1, 2, 3, 4});
    Hyperparameters hyperparameters =
        Models.random("ab", 2, 1).hyperparameters().toBuilder()
            .plan(new ScheduleHorizon(1000, 0, 0, 0, 0), 1, 1)
            .set(Hyperparameters.PATIENCE, 3)
            .build();
    assertThat(rising.isStoppedEarly(hyperparameters, null)).isTrue();
    for (double unseen : new double[] {0.02, 0.9}) {
      TextStatistics text = new TextStatistics(3, 2, 9000, 1000, 3, unseen, 0.01);
      assertThat(rising.isStoppedEarly(hyperparameters, text)).isEqualTo(unseen < 0.1);
    }
  }

  /**
   * A run that is given a later end goes back to a higher rate: it must not stop early for that.
   */
  @Test
  void patienceBeginsAnewWhereTheLearningRateRises() {
    double[] rates = {1, 4, 2, 1, 3, 2, 1};
    Progress progress = progress(rates, new double[] {3, 2, 1.5, 1, 2, 1.8, 1.9});
    assertThat(progress.evaluationsSinceRateRose()).isEqualTo(progress.evaluations().subList(5, 7));
    assertThat(progress.evaluationsSinceBest()).isEqualTo(1);
    assertThat(progress.bestLoss()).isEqualTo(1);
    assertThat(progress(new double[] {1, 2, 3}, new double[] {1, 2, 3}).evaluationsSinceBest())
        .isZero();
    assertThat(progress(rates, new double[] {}).evaluationsSinceRateRose()).isEmpty();
  }
}
