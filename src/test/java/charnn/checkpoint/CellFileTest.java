package charnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.model.Model;
import charnn.model.Models;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.nn.RecurrentState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the model file of every cell. */
class CellFileTest {
  private static final int UNITS = 5;

  @TempDir private Path folder;

  private static Model model(CellType cell) {
    return Models.random(cell, "abcdefg é\n\uD83D\uDE00", UNITS, 2);
  }

  /** Returns a training state whose every number is another. */
  private static TrainingState training(Model model) {
    SplittableRandom random = new SplittableRandom(1);
    float[] mean = new float[model.network().parameters().length];
    float[] variance = mean.clone();
    RecurrentState carried =
        new RecurrentState(model.network().architecture(), model.hyperparameters().batchSize());
    fill(mean, random);
    fill(variance, random);
    for (float[][] layers : carried.values()) {
      for (float[] layer : layers) {
        fill(layer, random);
      }
    }
    return new TrainingState(mean, variance, carried);
  }

  private static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
  }

  private Path written(CellType cell) throws IOException {
    Model model = model(cell);
    Path file = folder.resolve(cell + ".zip");
    ModelFile.write(file, model, training(model));
    return file;
  }

  @ParameterizedTest
  @EnumSource
  void everyBitIsReadBack(CellType cell) throws IOException {
    Model model = model(cell);
    TrainingState training = training(model);
    Path file = written(cell);
    ModelFile.Checkpoint read = ModelFile.readCheckpoint(file);
    assertThat(read.model().network().architecture()).isEqualTo(model.network().architecture());
    assertThat(read.model().network().parameters()).isEqualTo(model.network().parameters());
    assertThat(read.model().sha256()).isEqualTo(model.sha256());
    TrainingState state = read.training().orElseThrow();
    assertThat(state.firstMoment()).isEqualTo(training.firstMoment());
    assertThat(state.secondMoment()).isEqualTo(training.secondMoment());
    assertThat(state.carried().values()).isDeepEqualTo(training.carried().values());
    byte[] bytes = Files.readAllBytes(file);
    ModelFile.write(file, read.model(), state);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  /** An earlier charnn, and DL4J, refuse what they would misread. */
  @ParameterizedTest
  @EnumSource
  void onlyACellThatDl4jHasIsDescribedToIt(CellType cell) throws IOException {
    try (ZipFile zip = new ZipFile(written(cell).toFile())) {
      boolean known = cell == CellType.LSTM || cell == CellType.RNN;
      assertThat(zip.getEntry("configuration.json") != null).isEqualTo(known);
      assertThat(text(zip, "charnn.json"))
          .contains("\"format\": " + (known ? 3 : 4), "\"cell\": \"" + cell.name() + "\"");
    }
  }

  private static String text(ZipFile zip, String entry) throws IOException {
    return new String(
        zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void truncationIsRefused(CellType cell) throws IOException {
    byte[] whole = Files.readAllBytes(written(cell));
    Path cut = folder.resolve("cut.zip");
    for (int length = 0; length < whole.length; length += length < whole.length - 100 ? 29 : 1) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertRefused(cut, "cut.zip");
    }
  }

  /** No two cells have parameters of the same size. */
  @ParameterizedTest
  @EnumSource
  void aFileThatNamesAnotherCellIsRefused(CellType cell) throws IOException {
    Path file = written(cell);
    for (CellType other : CellType.values()) {
      if (other == cell) {
        continue;
      }
      Path renamed = copy(file);
      try (FileSystem zip = FileSystems.newFileSystem(renamed)) {
        Path description = zip.getPath("charnn.json");
        Files.writeString(
            description,
            Files.readString(description)
                .replace(
                    "\"cell\": \"" + cell.name() + "\"", "\"cell\": \"" + other.name() + "\""));
      }
      assertRefused(renamed, "in entry coefficients.bin, its size must be");
      Path mixed = copy(file);
      replace(mixed, "coefficients.bin", written(other));
      assertRefused(mixed, "in entry coefficients.bin, its size must be");
      mixed = copy(file);
      replace(mixed, "updaterState.bin", written(other));
      assertRefused(mixed, "in entry updaterState.bin, its size must be");
      if (other.states() != cell.states()) {
        mixed = copy(file);
        replace(mixed, "state.bin", written(other));
        assertRefused(mixed, "in entry state.bin, its size must be");
      }
    }
  }

  private Path copy(Path file) throws IOException {
    return Files.copy(file, folder.resolve("copy.zip"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void replace(Path file, String entry, Path by) throws IOException {
    try (FileSystem to = FileSystems.newFileSystem(file);
        FileSystem from = FileSystems.newFileSystem(by)) {
      Files.copy(from.getPath(entry), to.getPath(entry), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownCellIsRefused(CellType cell) throws IOException {
    Path file = written(cell);
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Path description = zip.getPath("charnn.json");
      Files.writeString(
          description, Files.readString(description).replace("\"" + cell.name() + "\"", "\"XYZ\""));
    }
    assertRefused(file, "in entry charnn.json, there is no cell 'XYZ'");
  }

  @ParameterizedTest
  @EnumSource
  void weightsThatOverflowAreRefused(CellType cell) throws IOException {
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 3e38f}) {
      Model model = model(cell);
      float[] parameters = model.network().parameters();
      parameters[parameters.length / 3] = value;
      Path file = folder.resolve("broken.zip");
      ModelFile.write(file, model, training(model));
      assertRefused(file, "coefficients.bin");
    }
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ModelFile.readCheckpoint(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n", "Exception");
  }
}
