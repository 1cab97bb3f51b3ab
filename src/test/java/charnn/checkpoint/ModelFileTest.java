package charnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.TrainingState;
import charnn.nn.CellType;
import charnn.nn.RecurrentState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
  @TempDir private Path folder;

  private final Model model = Models.random("abcdefg é\n\uD83D\uDE00", 5, 2);
  private TrainingState training;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    float[] mean = new float[model.network().parameters().length];
    float[] variance = mean.clone();
    RecurrentState carried = new RecurrentState(model.network().architecture(), 3);
    for (int i = 0; i < mean.length; i++) {
      mean[i] = i / 3f;
      variance[i] = i / 7f;
    }
    for (int l = 0; l < 2; l++) {
      for (int i = 0; i < carried.hidden()[l].length; i++) {
        carried.hidden()[l][i] = l + i / 7f;
        carried.values()[1][l][i] = -l - i / 9f;
      }
    }
    training = new TrainingState(mean, variance, carried);
    file = folder.resolve("model.zip");
    ModelFile.write(file, model, training);
  }

  @Test
  void readsBackEveryBit() throws IOException {
    ModelFile.Checkpoint read = ModelFile.readCheckpoint(file);
    assertThat(read.model().network().architecture()).isEqualTo(model.network().architecture());
    assertThat(read.model().network().parameters()).isEqualTo(model.network().parameters());
    assertThat(read.model().vocabulary()).isEqualTo(model.vocabulary());
    assertThat(read.model().hyperparameters()).isEqualTo(model.hyperparameters());
    assertThat(read.model().progress()).isEqualTo(model.progress());
    assertThat(read.model().provenance()).isEqualTo(model.provenance());
    TrainingState state = read.training().orElseThrow();
    assertThat(state.firstMoment()).isEqualTo(training.firstMoment());
    assertThat(state.secondMoment()).isEqualTo(training.secondMoment());
    assertThat(state.carried().hidden()).isDeepEqualTo(training.carried().hidden());
    assertThat(state.carried().values()[1]).isDeepEqualTo(training.carried().values()[1]);
  }

  /** An earlier charnn refuses a backward model; the file of a forward one is as it was. */
  @Test
  void onlyABackwardModelHasADirection() throws IOException {
    assertThat(description()).contains("\"format\": 3,").doesNotContain("direction");
    Model backward =
        new Model(
            model.network(),
            model.vocabulary(),
            model.hyperparameters().toBuilder()
                .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
                .build(),
            model.progress(),
            model.provenance());
    ModelFile.write(file, backward, training);
    assertThat(description()).contains("\"format\": 4,", "\"direction\": \"BACKWARD\"");
    assertThat(ModelFile.read(file).hyperparameters()).isEqualTo(backward.hyperparameters());
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath("charnn.json"), description().replace("BACKWARD", "SIDEWAYS"));
    }
    assertThatThrownBy(() -> ModelFile.read(file))
        .hasMessageEndingWith("in entry charnn.json, there is no direction 'SIDEWAYS'");
  }

  private String description() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry("charnn.json")).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Names in Java have changed since charnn 0.1.0; files of either version load in the other. */
  @Test
  void theKeysOfTheDescriptionAreThoseOfEarlierVersions() throws IOException {
    assertThat(new String(entries().get("charnn.json"), StandardCharsets.UTF_8))
        .contains("\"alphabet\":", "\"alphabetSize\":", "\"recipe\":", "\"reading\":")
        .contains("\"unsettled\":", "\"heldOutFraction\":", "\"heldOut\":", "\"pace\":")
        .doesNotContain("\"vocabulary", "\"hyperparameters\":", "\"decoding\":");
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again.zip");
    ModelFile.write(again, model, training);
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aFileForSamplingOnlyCannotBeTrainedOn() throws IOException {
    ModelFile.write(file, model, null);
    assertThat(ModelFile.read(file).network().parameters()).isEqualTo(model.network().parameters());
    assertThatThrownBy(() -> ModelFile.readCheckpoint(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("no optimizer state");
  }

  @Test
  void aMissingFileAFolderAndAnythingElseAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip file at all");
    Path empty = Files.createFile(folder.resolve("empty.zip"));
    assertRefused(folder.resolve("none.zip"), "cannot find the model file");
    assertRefused(folder, "is a folder");
    assertRefused(text, "is a text, no model");
    assertRefused(empty, "is empty");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.zip");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertRefused(cut, "cut.zip");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\": 3 | \"format\": 6 | was made by a newer charnn (format 6, this one reads 5); update charnn",
        "\"format\": 3 | \"format\": 1 | was made by an older charnn (format 1, this one reads 3)",
        "\"pace\" | \"unknown\" | the schedule horizon must be given",
        "\"seconds\": 90.0 | \"seconds\": 1e300 | the schedule horizon is out of its range",
        "\"fromProgress\": 0.125 | \"fromProgress\": 2 | the schedule horizon is out of its range",
        "\"fromStep\": 12 | \"fromStep\": -12 | the schedule horizon is out of its range",
        "\"totalSteps\": 1000 | \"totalSteps\": 0 | number of steps must be",
        "\"schedule\" | \"unknown\" | the schedule must be given",
        "\"decayFactor\": 0.5 | \"decayFactor\": 0 | learning rate's decay factor must be",
        "\"decayEvery\": 7 | \"decayEvery\": -7 | learning rate's decay interval must be",
        "\"regularization\" | \"unknown\" | the regularization must be given",
        "\"weightDrop\": 0.125 | \"weightDrop\": 1 | weight drop must be",
        "\"weightDecay\": 0.0625 | \"weightDecay\": 2 | weight decay must be",
        "\"inputFactor\": 2 | \"inputFactor\": 0 | learning rate's input factor must be",
        "\"recurrentFactor\": 0.25 | \"recurrentFactor\": -1 | learning rate's recurrent factor must be",
        "\"patience\": 6 | \"patience\": -6 | patience must be",
        "\"hiddenSize\": 5 | \"hiddenSize\": 0 | hidden size must be 1 to",
        "\"hiddenSize\": 5 | \"hiddenSize\": 9000 | its size must be",
        "\"hiddenSize\": 5 | \"hiddenSize\": \"five\" | charnn.json",
        "\"cell\": \"LSTM\" | \"cell\": \"XYZ\" | there is no cell 'XYZ'",
        "\"layers\": 2 | \"layers\": 99 | layers must be",
        "\"layers\": 2 | \"layers\": -1 | layers must be",
        "\"batchSize\": 3 | \"batchSize\": -3 | batch size must be",
        "\"batchSize\": 3 | \"batchSize\": 300000 | state.bin",
        "\"step\": 17 | \"step\": -17 | must not be negative",
        "\"nfc\" | \"nfx\" | is no normalization",
        "\"rules\": 2 | \"rules\": 3 | the version of the corpus rules must be 0 to 2",
        "\"recipe\" | \"unknown\" | lacks",
        "\"progress\" | \"unknown\" | lacks",
        "\"provenance\" | \"unknown\" | lacks",
        "\"alphabet\": [ | \"alphabet\": [99999, | the vocabulary has 12 characters, the network 11",
      })
  void aDescriptionThatBreaksARuleIsRefused(String text, String replacement, String rule)
      throws IOException {
    rewrite(
        "charnn.json", json -> json.replaceFirst(java.util.regex.Pattern.quote(text), replacement));
    assertRefused(file, rule);
  }

  @Test
  void aFileThatNamesNoCellIsAnLstm() throws IOException {
    rewrite("charnn.json", json -> json.replaceFirst("\"cell\": \"LSTM\",\\s*", ""));
    assertThat(ModelFile.read(file).network().architecture().cell()).isEqualTo(CellType.LSTM);
  }

  @Test
  void aFileWithoutANormalizationIsOfATextLeftAsItWas() throws IOException {
    rewrite(
        "charnn.json",
        json ->
            json.replaceFirst(
                "\"keepBoilerplate\": false,\\s*\"normalization\": \"nfc\",\\s*\"lowercase\": false,\\s*\"minCount\": 0,\\s*\"rules\": 2",
                "\"keepBoilerplate\": false"));
    assertThat(ModelFile.read(file).provenance().decoding())
        .isEqualTo(new DecodingSettings(null, false, null, 0));
  }

  @Test
  void notANumberIsRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] coefficients = entries.get("coefficients.bin");
    coefficients[coefficients.length - 4] = 0x7F;
    coefficients[coefficients.length - 3] = (byte) 0xC0;
    put(entries);
    assertRefused(file, "finite");
  }

  @Test
  void numbersWhoseSumsOverflowAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] coefficients = entries.get("coefficients.bin");
    for (int i = 1; i <= 20; i++) {
      ByteBuffer.wrap(coefficients).putFloat(coefficients.length - 4 * i, 3e38f);
    }
    put(entries);
    assertRefused(file, "in entry coefficients.bin, its values are too large");
  }

  @Test
  void entriesOfOtherNamesAndOtherSizesAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("../preprocessor.bin", new byte[10]);
    put(entries);
    assertRefused(file, "not a charnn model");

    entries = entries();
    entries.remove("../preprocessor.bin");
    entries.put("coefficients.bin", new byte[100]);
    put(entries);
    assertRefused(file, "coefficients.bin");

    entries.remove("coefficients.bin");
    put(entries);
    assertRefused(file, "entry coefficients.bin is missing");
  }

  /** Some bits, such as those of time stamps, mean nothing to the reader: then nothing changes. */
  @Test
  void everyFlippedBitIsRefusedOrChangesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path flipped = folder.resolve("flipped.zip");
    int harmless = 0;
    int header = 0;
    int tried = 0;
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      // Every bit from a signature of the zip's structure on, now and then one of the content.
      int at = bit / 8;
      if (whole[at] == 'P' && at + 1 < whole.length && whole[at + 1] == 'K') {
        header = at;
      }
      if (at - header > 64 && bit % 101 != 0) {
        continue;
      }
      tried++;
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(flipped, bytes);
      try {
        ModelFile.Checkpoint read = ModelFile.readCheckpoint(flipped);
        assertThat(read.model().network().parameters()).isEqualTo(model.network().parameters());
        assertThat(read.model().progress()).isEqualTo(model.progress());
        assertThat(read.training().orElseThrow().firstMoment()).isEqualTo(training.firstMoment());
        harmless++;
      } catch (ModelFileException e) {
        assertThat(e).hasMessageContaining("flipped.zip");
      }
    }
    assertThat(tried - harmless).isGreaterThan(tried / 4);
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove("updaterState.bin"); // five entries, as many as a model may have
    entries.put("state.bim", new byte[8]);
    put(entries);
    byte[] bytes = Files.readAllBytes(file);
    String latin = new String(bytes, StandardCharsets.ISO_8859_1).replace("state.bim", "state.bin");
    Files.write(file, latin.getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(file, "two entries state.bin");
  }

  @Test
  void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("charnn.json", new byte[200 << 20]);
    put(entries);
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertRefused(file, "charnn.json");
  }

  @Test
  void hugeDeclaredCountsAreRefusedBeforeMemoryIsTaken() throws IOException {
    // 2 layers of 9,000 units would be 3.9 GB of parameters.
    rewrite("charnn.json", json -> json.replace("\"hiddenSize\": 5", "\"hiddenSize\": 9000"));
    Map<String, byte[]> entries = entries();
    entries.put("coefficients.bin", new byte[100 << 20]); // zeros, which pack into little
    put(entries);
    assertRefused(file, "coefficients.bin, its size must be");
    entries.remove("coefficients.bin");
    put(entries);
    assertRefused(file, "entry coefficients.bin is missing");
  }

  @ParameterizedTest
  @CsvSource({"[", "{\"recipe\":", "{\"provenance\":{\"corpus\":[[", "{\"unknown\":["})
  void deepJsonIsRefused(String opening) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("charnn.json", opening.repeat(100_000).getBytes(StandardCharsets.UTF_8));
    put(entries);
    assertRefused(file, "charnn.json");
  }

  private void assertRefused(Path broken, String message) {
    assertThatThrownBy(() -> ModelFile.readCheckpoint(broken))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  private void rewrite(String entry, UnaryOperator<String> change) throws IOException {
    Map<String, byte[]> entries = entries();
    String before = new String(entries.get(entry), StandardCharsets.UTF_8);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    entries.put(entry, after.getBytes(StandardCharsets.UTF_8));
    put(entries);
  }

  private Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private void put(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    Files.write(file, bytes.toByteArray());
  }
}
