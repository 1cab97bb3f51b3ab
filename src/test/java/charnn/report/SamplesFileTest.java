package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.model.Model;
import charnn.model.ScheduleHorizon;
import charnn.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesFileTest {
  private static final String SAMPLE_100 = "=== step 100 ===\nOnce\nupon é 😀\n\n";
  private static final String SAMPLE_200 = "=== step 200 ===\na time\n\n";

  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("samples.txt");
  }

  @Test
  void aNewRunBeginsWithAnEmptyFile() throws IOException {
    new SamplesFile(file, warnings::add).started(TestModels.atStep(0));
    assertThat(file).isEmptyFile();
  }

  @Test
  void aSampleIsWrittenAtOnceUnderItsHeading() throws IOException {
    SamplesFile samples = new SamplesFile(file, warnings::add);
    samples.started(TestModels.atStep(0));
    samples.sampled(100, "Once\nupon é 😀");
    assertThat(content()).isEqualTo(SAMPLE_100);
    samples.sampled(200, "a time");
    assertThat(content()).isEqualTo(SAMPLE_100 + SAMPLE_200);
  }

  @Test
  void aResumedRunGoesOnBehindTheCheckpointsStep() throws IOException {
    write(SAMPLE_100 + SAMPLE_200 + "=== step 1000 ===\nthere\n\n");
    SamplesFile samples = new SamplesFile(file, warnings::add);
    samples.started(TestModels.atStep(100));
    assertThat(content()).isEqualTo(SAMPLE_100);
    samples.sampled(200, "a time");
    assertThat(content()).isEqualTo(SAMPLE_100 + SAMPLE_200);
  }

  @Test
  void aResumedRunKeepsAllUpToTheCheckpointsStep() throws IOException {
    write(SAMPLE_100 + SAMPLE_200);
    new SamplesFile(file, warnings::add).started(TestModels.atStep(200));
    assertThat(content()).isEqualTo(SAMPLE_100 + SAMPLE_200);
  }

  @Test
  void aRunResumedFromBeforeTheFirstSampleBeginsAnew() throws IOException {
    write(SAMPLE_100);
    new SamplesFile(file, warnings::add).started(TestModels.atStep(99));
    assertThat(file).isEmptyFile();
  }

  @Test
  void aSampleThatWasCutOffBehindTheCheckpointIsDropped() throws IOException {
    write(SAMPLE_100 + "=== step 200 ===\na ti");
    new SamplesFile(file, warnings::add).started(TestModels.atStep(150));
    assertThat(content()).isEqualTo(SAMPLE_100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "=== st", "=== step 2", "=== step 200 =="})
  void aHeadingThatWasCutOffWhileItWasWrittenIsDropped(String torn) throws IOException {
    write(SAMPLE_100 + torn);
    new SamplesFile(file, warnings::add).started(TestModels.atStep(150));
    assertThat(content()).isEqualTo(SAMPLE_100);
  }

  @Test
  void whatOnlyResemblesAHeadingIsText() throws IOException {
    String sample = "=== step 100 ===\nthe === step 999 === of\n=== step x ===\n\n";
    write(sample);
    new SamplesFile(file, warnings::add).started(TestModels.atStep(100));
    assertThat(content()).isEqualTo(sample);
  }

  @Test
  void aSampleThatLooksLikeALaterHeadingIsKept() throws IOException {
    SamplesFile samples = new SamplesFile(file, warnings::add);
    samples.started(TestModels.atStep(0));
    samples.sampled(100, "=== step 99999999 ===\né\n=== step 150 ===\n");
    String kept = content();
    long bytes = samples.samplesBytes().orElseThrow();
    assertThat(bytes).isEqualTo(Files.size(file));
    samples.sampled(200, "later");
    samples.rolledBack(at(100, bytes), "numbers");
    assertThat(content()).isEqualTo(kept);
    samples.sampled(200, "later");
    new SamplesFile(file, warnings::add).started(at(100, bytes));
    assertThat(content()).isEqualTo(kept);
  }

  @Test
  void aFileThatIsShorterThanTheCheckpointTellsIsKept() throws IOException {
    write(SAMPLE_100 + "=== step 200");
    SamplesFile samples = new SamplesFile(file, warnings::add);
    samples.started(at(200, 1000));
    assertThat(content()).isEqualTo(SAMPLE_100);
    assertThat(samples.samplesBytes()).hasValue(Files.size(file));
  }

  @Test
  void aResumedRunNeedsNoRoomForWhatItKeeps() throws IOException {
    write(SAMPLE_100 + SAMPLE_200);
    Files.createFile(
        Files.createDirectory(folder.resolve("samples.txt.tmp")).resolve("in the way"));
    new SamplesFile(file, warnings::add).started(TestModels.atStep(100));
    assertThat(content()).isEqualTo(SAMPLE_100);
    assertThat(warnings).isEmpty();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a privilege on Windows")
  void aLinkIsNotWrittenThrough() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "precious");
    Files.createSymbolicLink(file, other);
    SamplesFile samples = new SamplesFile(file, warnings::add);
    assertThatThrownBy(() -> samples.started(TestModels.atStep(0)))
        .hasMessageContaining("it is a symbolic link");
    assertThat(other).hasContent("precious");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no named pipes in folders")
  void aPipeThatComesMeanwhileHoldsNothingUp() throws Exception {
    SamplesFile samples = new SamplesFile(file, warnings::add);
    samples.started(TestModels.atStep(0));
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    samples.sampled(100, "Once\nupon é 😀");
    assertThat(warnings).singleElement().asString().contains("a named pipe", "tries again");
    Files.delete(file);
    samples.entered(TrainingListener.Phase.STEPS, 100);
    assertThat(content()).isEqualTo(SAMPLE_100);
  }

  private static Model at(long step, long bytes) {
    return TestModels.atStep(step, ScheduleHorizon.ofSteps(1000), bytes);
  }

  private void write(String content) throws IOException {
    Files.write(file, content.getBytes(UTF_8));
  }

  private String content() throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
