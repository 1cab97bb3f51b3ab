package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.optim.StepSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersCsvTest {
  private static final String HEADER =
      "step,gradient_norm,gradient_1,weights_1,update_1,gradient_output,weights_output,update_output\n";
  private static final String ROW_8 =
      "8,1.50000,0.000100000,0.200000,0.00300000,1.00000e-05,0.250000,0.00400000\n";

  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;
  private Path file;
  private LayersCsv csv;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("layers.csv");
    csv = new LayersCsv(file, warnings::add);
  }

  private void measure(long step) {
    csv.measured(
        step,
        new StepSizes(
            1.5,
            List.of(
                new StepSizes.Layer(1e-4, 0.2, 0.003), new StepSizes.Layer(1e-5, 0.25, 0.004))));
  }

  @Test
  void aRowHasTheSizesOfEachLayer() throws IOException {
    csv.started(TestModels.atStep(0));
    assertThat(file).hasContent(HEADER);
    measure(8);
    assertThat(file).hasContent(HEADER + ROW_8);
    assertThat(warnings).isEmpty();
  }

  @Test
  void rowsAfterTheCheckpointAreCutOff() throws IOException {
    csv.started(TestModels.atStep(0));
    measure(8);
    measure(16);
    csv.rolledBack(TestModels.atStep(15), "diverged");
    assertThat(file).hasContent(HEADER + ROW_8);
    measure(17);
    csv = new LayersCsv(file, warnings::add);
    csv.started(TestModels.atStep(8));
    assertThat(file).hasContent(HEADER + ROW_8);
    csv = new LayersCsv(file, warnings::add);
    csv.started(TestModels.atStep(7));
    assertThat(file).hasContent(HEADER);
  }

  @Test
  void whatIsNoRowIsDropped() throws IOException {
    Files.write(file, ("step,other\n" + ROW_8 + "9,1\nnine\n" + ROW_8.strip()).getBytes(UTF_8));
    csv.started(TestModels.atStep(1000));
    assertThat(file).hasContent(HEADER + ROW_8);
  }
}
