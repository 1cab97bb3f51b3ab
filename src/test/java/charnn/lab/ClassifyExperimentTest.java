package charnn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.ClassifierFile.Description;
import charnn.checkpoint.ModelFileException;
import charnn.data.TextUnit;
import charnn.lab.TextClassifier.Passage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ClassifyExperimentTest {
  private static final Description DESCRIPTION =
      new Description(TextUnit.CHARACTERS, 9, List.of("a", "b"), List.of("ab", "ba"));

  private static final String JSON =
      """
      {"format": 1, "unit": "words", "length": 9, "vocabulary": ["x"], "classes": ["ab", "ba"]}
      """;

  @TempDir private Path folder;

  /** Both classes have as many a as b; one has them in pairs ab, the other has a before all b. */
  private static List<Passage> passages(int count) {
    Random random = new Random(3);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int half = 2 + random.nextInt(3);
      String text = i % 2 == 0 ? "ab".repeat(half) : "a".repeat(half) + "b".repeat(half);
      passages.add(new Passage(List.of(text.split("")), i % 2));
    }
    return passages;
  }

  private TextClassifier trained() {
    Nd4j.getRandom().setSeed(1);
    Lab lab = LabFixture.lab(folder, Map.of());
    TextClassifier classifier = new TextClassifier(DESCRIPTION, 1);
    for (int epoch = 0; epoch < 8; epoch++) {
      classifier.epoch(lab, "an epoch", passages(128), new Random(epoch));
    }
    return classifier;
  }

  @Test
  void orderAloneTellsTwoClassesApart() {
    assertThat(trained().evaluate(passages(30)).accuracy()).isEqualTo(1);
  }

  @Test
  void whatStandsAfterAPassageInItsBatchMakesNoDifference() {
    TextClassifier classifier = new TextClassifier(DESCRIPTION, 1);
    Passage small = new Passage(List.of("a", "b"), 0);
    Passage large = new Passage(Collections.nCopies(9, "b"), 1);
    INDArray both = classifier.probabilities(List.of(small, large));
    assertThat(both.getRow(0, true).equalsWithEps(classifier.probabilities(List.of(small)), 1e-6))
        .isTrue();
  }

  @Test
  void aSavedClassifierAnswersAsBefore() throws IOException {
    TextClassifier classifier = new TextClassifier(DESCRIPTION, 1);
    List<Passage> passages = passages(20);
    INDArray before = classifier.probabilities(passages);
    Path file = folder.resolve("saved.zip");
    classifier.write(file);
    TextClassifier read = TextClassifier.read(file);
    assertThat(read.description).isEqualTo(DESCRIPTION);
    assertThat(read.probabilities(passages)).isEqualTo(before);

    MultiLayerNetwork dl4j = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    INDArray units = Nd4j.createFromArray(new float[][] {{1, 2, 1, 2}});
    Passage same = new Passage(List.of("a", "b", "a", "b"), 0);
    assertThat(dl4j.output(units)).isEqualTo(classifier.probabilities(List.of(same)));
  }

  @Test
  void whatIsNotTrainedIsNoResult() throws IOException {
    Path saved = folder.resolve("saved.zip");
    Map<String, String> given = Map.of("save", saved.toString());
    new ClassifyExperiment()
        .run(
            LabFixture.lab(
                folder, given, Duration.ZERO, OutputStream.nullOutputStream(), line -> {}));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClassifierMayBeReplacedByTheNext() throws IOException {
    Path saved = folder.resolve("saved.zip");
    new TextClassifier(DESCRIPTION, 1).write(saved);
    Lab noTime =
        LabFixture.lab(
            folder,
            Map.of("save", saved.toString()),
            Duration.ZERO,
            OutputStream.nullOutputStream(),
            line -> {});
    new ClassifyExperiment().run(noTime);
    assertThat(TextClassifier.read(saved).description)
        .as("nothing was trained that could replace it")
        .isEqualTo(DESCRIPTION);
  }

  @Test
  void aPartOfAnEpochIsNoEpoch() throws IOException {
    Lab lab = LabFixture.endingAtTheFirstStatus(folder, Map.of());
    TextClassifier classifier = new TextClassifier(DESCRIPTION, 1);
    assertThat(classifier.epoch(lab, "an epoch", passages(64), new Random(1))).isNaN();
  }

  @Test
  void aTextWithoutWordsIsRefused() throws IOException {
    Path model = folder.resolve("saved.zip");
    Description words = new Description(TextUnit.WORDS, 9, List.of("a"), List.of("ab", "ba"));
    new TextClassifier(words, 1).write(model);
    Path text = Files.writeString(folder.resolve("text"), "?!");
    Map<String, String> given = Map.of("model", model.toString(), "test", text.toString());
    assertThatThrownBy(() -> new ClassifyExperiment().run(LabFixture.lab(folder, given)))
        .hasMessage("the text of --test has no words");
  }

  @Test
  void aDamagedOrForeignFileIsRefused() throws IOException {
    Path file = folder.resolve("saved.zip");
    new TextClassifier(DESCRIPTION, 1).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 997) {
      assertRefused(Arrays.copyOf(whole, length), "file.zip");
    }
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 4; // in the coefficients, which are not compressed
    assertRefused(changed, "in entry coefficients.bin, its bytes do not have the checksum");
    assertRefused("{}".getBytes(StandardCharsets.UTF_8), "is a text, no model");
    assertRefused(zip("charnn.json", "{}"), "is not a classifier");
    assertRefused(zip("classifier.json", "{}"), "its format must be 1, got 0");
    String huge = JSON.replace("\"length\": 9", "\"length\": 1000000");
    assertRefused(zip("classifier.json", huge), "length must be 1 to 1000");
    assertRefused(zip("classifier.json", JSON.replace("\"ba\"", "\"ab\"")), "different texts");
    assertRefused(zip("classifier.json", JSON.replace("words", "lines")), "words or characters");
    assertRefused(zip("classifier.json", JSON.replace("ba", "\\u001B")), "printable");
    assertRefused(zip("classifier.json", JSON), "entry coefficients.bin is missing");
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve("file.zip"), bytes);
    assertThatThrownBy(() -> TextClassifier.read(file))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  private static byte[] zip(String entry, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
