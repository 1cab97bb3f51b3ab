package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Model;
import charnn.util.Setting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelReportTest {
  @Test
  void onlyARunWithACheckpointAndStepsLeftCanBeResumed() {
    String hint = "train <RESUME> continues";
    Model model = TestModels.atStep(200);
    Model latest = TestModels.atStep(500);
    Model last = TestModels.atStep(1000);
    assertThat(report(model, Optional.of(latest)))
        .contains("step 200, epoch 20.0; the run: 500 of 1,000 steps (charnn " + hint);
    assertThat(report(model, Optional.of(last))).doesNotContain(hint);
    assertThat(report(model, Optional.empty()))
        .contains("the run: 200 of 1,000 steps,")
        .doesNotContain(hint);
  }

  @Test
  void aTerminalGetsLinesThatFit() {
    Model model = TestModels.atStep(500);
    ModelReport report = ModelReport.of("m.zip", model, Optional.empty());
    String whole = report.toText(Setting::name, 0);
    String broken = report.toText(Setting::name, 80);
    assertThat(whole.lines()).anyMatch(line -> line.length() > 80);
    assertThat(broken.lines()).allMatch(line -> line.length() <= 80);
    assertThat(broken.split("\\s+")).isEqualTo(whole.split("\\s+"));
  }

  private static String report(Model model, Optional<Model> checkpoint) {
    return ModelReport.of("m.zip", model, checkpoint)
        .toText(setting -> "<" + setting.name() + ">", 0);
  }
}
