package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Progress;
import charnn.nn.LossMetrics;
import charnn.train.TrainingListener.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCurveTest {
  private static final LossCurve.Style ASCII = new LossCurve.Style(true, false);

  @TempDir private Path folder;
  private Path metrics;

  @BeforeEach
  void writeRows() throws IOException {
    metrics =
        Files.writeString(
            folder.resolve("metrics.csv"),
            "step,loss,held_out_loss\n100,3,\n200,2,2.5\n300,1.5,\n400,9,\n");
  }

  private static Metrics row(long step, double loss) {
    return new Metrics(step, 1000, 1, step, 0.01, new LossMetrics(10 * loss, 5, 10), null, 1);
  }

  private static String steps(LiveCurve curve) {
    return curve.lines(80, 24).get(8).strip();
  }

  @Test
  void aResumedRunGoesOnFromItsRows() throws IOException {
    LiveCurve curve = new LiveCurve(metrics, ASCII, true);
    curve.started(TestModels.atStep(300));
    assertThat(curve.lines(80, 24)).hasSize(10).first().asString().startsWith("3.000");
    assertThat(steps(curve)).matches("100 +300");
    curve.evaluated(new Progress.Evaluation(400, 0.01, 2, new LossMetrics(12, 5, 10)), true);
    curve.reported(row(400, 1.4));
    assertThat(steps(curve)).matches("100 +400");
    assertThat(String.join("", curve.lines(80, 24).subList(0, 8)).chars().filter(c -> c == 'o'))
        .hasSize(2);
    curve.rolledBack(TestModels.atStep(200), "diverged");
    assertThat(steps(curve)).matches("100 +200");
  }

  @Test
  void itIsDrawnWhereThereIsRoomAndItIsWanted() throws IOException {
    LiveCurve curve = new LiveCurve(metrics, ASCII, true);
    curve.started(TestModels.atStep(300));
    assertThat(curve.lines(80, 13)).isEmpty();
    assertThat(curve.lines(80, 0)).isEmpty(); // not known
    assertThat(curve.lines(20, 24)).isEmpty();
    assertThat(curve.lines(40, 14)).hasSize(10).allMatch(line -> line.length() < 40);
    LiveCurve unwanted = new LiveCurve(metrics, ASCII, false);
    unwanted.started(TestModels.atStep(300));
    unwanted.reported(row(400, 1));
    assertThat(unwanted.lines(80, 24)).isEmpty();
  }
}
