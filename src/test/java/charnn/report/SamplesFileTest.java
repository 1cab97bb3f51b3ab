package charnn.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

  private void write(String content) throws IOException {
    Files.write(file, content.getBytes(UTF_8));
  }

  private String content() throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }
}
