package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Model;
import charnn.util.Setting;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelReportTest {
  @Test
  void onlyARunWithACheckpointAndStepsLeftCanGoOn() {
    String hint = "train --resume continues";
    Model model = TestModels.atStep(200);
    Model latest = TestModels.atStep(500);
    Model last = TestModels.atStep(1000);
    assertThat(ModelReport.of("m.zip", model, Optional.of(latest), Setting::toString).toText())
        .contains("step 200, epoch 20.0; the run: 500 of 1,000 steps (charnn " + hint);
    assertThat(ModelReport.of("m.zip", model, Optional.of(last), Setting::toString).toText())
        .doesNotContain(hint);
    assertThat(ModelReport.of("m.zip", model, Optional.empty(), Setting::toString).toText())
        .contains("the run: 200 of 1,000 steps,")
        .doesNotContain(hint);
  }
}
