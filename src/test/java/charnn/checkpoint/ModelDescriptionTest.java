package charnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.model.Models;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A description that charnn did not write is refused in charnn's own words. */
class ModelDescriptionTest {
  @TempDir private Path folder;
  private Path file;
  private String description;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.zip");
    ModelFile.write(file, Models.random("abc", 3, 1), null);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      description = Files.readString(zip.getPath("charnn.json"));
    }
  }

  private void replace(String content) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.write(zip.getPath("charnn.json"), content.getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"batchSize\": 3 | \"batchSize\": \"three\" | recipe.batchSize must be a whole number, got a string",
        "\"batchSize\": 3 | \"batchSize\": \"3\" | recipe.batchSize must be a whole number, got a string",
        "\"batchSize\": 3 | \"batchSize\": 3.5 | recipe.batchSize must be a whole number, got another number",
        "\"batchSize\": 3 | \"batchSize\": 1e99 | recipe.batchSize must be a whole number, got another number",
        "\"batchSize\": 3 | \"batchSize\": null | recipe.batchSize must be a whole number, got null",
        "\"step\": 17 | \"step\": \"\" | progress.step must be a whole number, got a string",
        "\"step\": 17 | \"step\": 17e400 | progress.step must be a whole number, got another number",
        "\"seconds\": 1.5 | \"seconds\": [1.5] | progress.seconds must be a number, got an array",
        "\"seconds\": 1.5 | \"seconds\": \"long\" | progress.seconds must be a number, got a string",
        "\"samplesBytes\": 23 | \"samplesBytes\": \"23\" | progress.samplesBytes must be a whole number, got a string",
        "\"unsettled\": true | \"unsettled\": \"true\" | progress.unsettled must be true or false, got a string",
        "\"unsettled\": true | \"unsettled\": 1 | progress.unsettled must be true or false, got a number",
        "\"engine\": \"simd\" | \"engine\": 5 | recipe.engine must be a string, got a number",
        "\"engine\": \"simd\" | \"engine\": {} | recipe.engine must be a string, got an object",
        "\"windows\": \"STREAM\" | \"windows\": false | recipe.windows must be a string, got true or false",
        "\"alphabet\": [ | \"alphabet\": [ \"a\", | alphabet[0] must be a whole number, got a string",
        "\"alphabet\": [ | \"alphabet\": 5, \"more\": [ | alphabet must be an array, got a number",
        "\"format\": 3 | \"format\": \"three\" | format must be a whole number, got a string",
        "\"architecture\": { | \"architecture\": [], \"more\": { | architecture must be an object, got an array",
        "\"evaluations\": [ | \"evaluations\": [ 5, | progress.evaluations[0] must be an object, got a number",
        "\"evaluations\": [ | \"evaluations\": null, \"more\": [ | progress lacks a part",
        "\"seconds\": 1.5 | \"seconds\": NaN | it is not valid JSON",
        "\"seconds\": 1.5 | 'seconds': 1.5 | it is not valid JSON",
        "\"seconds\": 1.5 | \"seconds\": , | it is not valid JSON",
        "\"seconds\": 1.5 | \"seconds\": 1e999 | progress.seconds must be a number, got one too large",
      })
  void aFieldOfAWrongTypeIsNamed(String old, String changed, String rule) throws IOException {
    assertThat(description).contains(old);
    replace(description.replace(old, changed));
    assertRefused(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | it must be an object, got an array",
        "5 | it must be an object, got a number",
        "words | it is not valid JSON",
        "{ | it is not valid JSON",
      })
  void aDescriptionThatIsNoObjectIsRefused(String content, String rule) throws IOException {
    replace(content);
    assertRefused(rule);
  }

  @Test
  void aDescriptionCutOffAnywhereIsRefused() throws IOException {
    for (int length = 0; length < description.strip().length(); length += 97) {
      replace(description.substring(0, length));
      assertThatThrownBy(() -> ModelFile.read(file))
          .isInstanceOf(ModelFileException.class)
          .hasMessageMatching(".*model\\.zip is broken: in entry charnn.json, [^\n]{1,100}")
          .hasMessageNotContainingAny("gson", "http", "Exception");
    }
  }

  private void assertRefused(String rule) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(file + " is broken: in entry charnn.json, " + rule);
  }
}
