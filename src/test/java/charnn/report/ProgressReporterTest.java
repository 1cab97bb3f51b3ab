package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.ScheduleHorizon;
import charnn.nn.LossMetrics;
import charnn.train.TrainingListener.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {
  private final List<String> shown = new ArrayList<>();
  private final ProgressReporter reporter =
      new ProgressReporter(
          new ProgressDisplay() {
            @Override
            public void printLine(String line) {
              shown.add(line);
            }

            @Override
            public void updateStatus(Supplier<String> status) {
              shown.add(status.get());
            }

            @Override
            public void close() {}
          });

  @Test
  void stepsLeftTakeAsLongAsStepsTookSinceTheStart() {
    reporter.started(TestModels.atStep(200)); // after 1 second
    reporter.stepped(metrics(400, 1000, 101));
    assertThat(shown).last().asString().startsWith("5m00s left  400/1,000 ").endsWith(" 2 chars/s");
  }

  @Test
  void aRunOfAGivenTimeHasTheRestOfItLeftHoweverManyStepsThatWillBe() {
    reporter.started(TestModels.atStep(200, ScheduleHorizon.ofTime(100_000, 600)));
    reporter.stepped(metrics(400, 100_000, 101));
    assertThat(shown).last().asString().startsWith("17%  8m19s left  step 400  epoch");
    reporter.stepped(metrics(600, 100_000, 601));
    assertThat(shown).last().asString().startsWith("100%  0s left  step 600  epoch");
  }

  /** Of steps of one character. */
  private static Metrics metrics(long step, long totalSteps, double seconds) {
    return new Metrics(
        step, totalSteps, step / 10.0, step, 0.01, new LossMetrics(8, 1, 4), null, seconds);
  }
}
