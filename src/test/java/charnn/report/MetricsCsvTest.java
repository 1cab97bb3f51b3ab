package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.model.Progress;
import charnn.nn.LossMetrics;
import charnn.train.TrainingListener.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsCsvTest {
  private static final String HEADER =
      "step,epoch,characters,learning_rate,loss,bits_per_character,accuracy,held_out_loss,held_out_accuracy,seconds\n";
  private static final String ROW_100 =
      "100,0.5000,6400,0.00800000,2.000000,2.885390,0.250000,,,12.3\n";
  private static final String ROW_200 =
      "200,1.0000,12800,0.00800000,2.000000,2.885390,0.250000,1.500000,0.500000,24.6\n";
  private static final String ROW_300 =
      "300,1.5000,19200,0.00800000,2.000000,2.885390,0.250000,,,36.9\n";

  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("metrics.csv");
  }

  @Test
  void aNewRunBeginsWithTheHeader() throws IOException {
    new MetricsCsv(file, warnings::add).started(TestModels.atStep(0));
    assertThat(content()).isEqualTo(HEADER);
  }

  @Test
  void aRowIsWrittenAtOnceWithTheValidationColumnsOfTheSameStep() throws IOException {
    MetricsCsv csv = new MetricsCsv(file, warnings::add);
    csv.started(TestModels.atStep(0));
    csv.reported(metrics(100));
    assertThat(content()).isEqualTo(HEADER + ROW_100);
    csv.evaluated(new Progress.Evaluation(200, 0.01, 2, new LossMetrics(15, 5, 10)), true);
    csv.reported(metrics(200));
    csv.reported(metrics(300));
    assertThat(content()).isEqualTo(HEADER + ROW_100 + ROW_200 + ROW_300);
  }

  @Test
  void aResumedRunGoesOnBehindTheCheckpointsStep() throws IOException {
    write(HEADER + ROW_100 + ROW_200 + ROW_300);
    MetricsCsv csv = new MetricsCsv(file, warnings::add);
    csv.started(TestModels.atStep(200));
    assertThat(content()).isEqualTo(HEADER + ROW_100 + ROW_200);
    csv.reported(metrics(300));
    assertThat(content()).isEqualTo(HEADER + ROW_100 + ROW_200 + ROW_300);
  }

  @Test
  void aResumedRunKeepsRowsUpToACheckpointBetweenTwo() throws IOException {
    write(HEADER + ROW_100 + ROW_200);
    new MetricsCsv(file, warnings::add).started(TestModels.atStep(199));
    assertThat(content()).isEqualTo(HEADER + ROW_100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2",
        "200",
        "200,",
        "200,1.0000,12800,0.008",
        "200,1.0000,12800,0.00800000,2.000000,2.885390,0.250000,,",
        "200,1.0000,12800,0.00800000,2.000000,2.885390,0.250000,,,",
        "200,1.0000,12800,0.00800000,2.000000,2.885390,0.250000,,,2",
        "200,1.0000,12800,0.00800000,2.000000,2.885390,0.250000,,,24.",
        "\u0000\u0000\u0000\u0000",
      })
  void aRowThatWasCutOffWhileItWasWrittenIsDropped(String torn) throws IOException {
    write(HEADER + ROW_100 + torn);
    new MetricsCsv(file, warnings::add).started(TestModels.atStep(1000));
    assertThat(content()).isEqualTo(HEADER + ROW_100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "step,ep", HEADER})
  void aFileWithoutRowsGetsItsHeader(String before) throws IOException {
    write(before);
    new MetricsCsv(file, warnings::add).started(TestModels.atStep(100));
    assertThat(content()).isEqualTo(HEADER);
  }

  private static Metrics metrics(long step) {
    return new Metrics(
        step, 1000, step / 200.0, step * 64, 0.008, new LossMetrics(8, 1, 4), null, step * 0.123);
  }

  private void write(String content) throws IOException {
    Files.write(file, content.getBytes(UTF_8));
  }

  private String content() throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
