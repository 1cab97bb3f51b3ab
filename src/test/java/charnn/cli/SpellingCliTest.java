package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.data.Corpora;
import charnn.data.DecodingSettings;
import charnn.data.EncodedCorpus;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.train.RunPreparation;
import charnn.train.TrainingListener;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text is one and the same, whether its accents stand apart from their letters or not. */
class SpellingCliTest {
  private static final String COMPOSED = "Le café était fermé à Noël.\n".repeat(200);
  private static final String APART = Normalizer.normalize(COMPOSED, Normalizer.Form.NFD);
  private static final String TRAIN =
      "train --steps 60 --hidden 16 --layers 1 --batch-size 8 --seq-length 16 --corpus ";
  private static final String SAID = "became one character (Unicode's form NFC) in apart.txt";

  @TempDir private static Path folder;
  private static InProcess charnn;
  private static Path composed;
  private static Path apart;

  @BeforeAll
  static void train() throws IOException {
    charnn = new InProcess(folder);
    composed = Files.writeString(folder.resolve("composed.txt"), COMPOSED);
    apart = Files.writeString(folder.resolve("apart.txt"), APART);
    assertThat(charnn.line(TRAIN + composed + " --name composed").err()).doesNotContain("NFC");
    assertThat(charnn.line(TRAIN + apart + " --name apart").err()).contains(SAID);
  }

  @Test
  void bothTrainTheSameModel() throws IOException {
    assertThat(best("apart").network().parameters())
        .isEqualTo(best("composed").network().parameters());
    assertThat(best("apart").provenance().decoding().normalization())
        .isEqualTo(DecodingSettings.NFC);
  }

  @Test
  void bothHaveTheSameScore() {
    InProcess.Result one = charnn.line("eval --model composed --json --corpus " + composed);
    InProcess.Result two = charnn.line("eval --model composed --json --corpus " + apart);
    assertThat(one.out()).contains("\"unknown_characters\": 0");
    assertThat(two.out()).isEqualTo(one.out());
    assertThat(two.err()).contains(SAID);
  }

  @Test
  void bothAreCopied() {
    assertThat(charnn.run(APART, "novelty", "--corpus", composed.toString()).out())
        .contains("make up 100.0 % of it");
    assertThat(charnn.run(COMPOSED, "novelty", "--corpus", apart.toString()).out())
        .contains("make up 100.0 % of it");
  }

  @Test
  void bothAreTheSamePrompt() {
    String[] options = {"--model", "composed", "--seed", "1", "--length", "50"};
    InProcess.Result one = charnn.run("Le café", prepend("continue", options));
    InProcess.Result two = charnn.run("Le cafe\u0301", prepend("continue", options));
    assertThat(one.out()).startsWith("Le café");
    assertThat(two.out().replace("cafe\u0301", "café")).isEqualTo(one.out());
    assertThat(two.err()).doesNotContain("does not know");
  }

  @Test
  void anOlderModelOfAccentsApartReadsThemApart() throws IOException {
    olderRunOf("older", APART);
    InProcess.Result one = charnn.line("eval --model older --json --corpus " + composed);
    InProcess.Result two = charnn.line("eval --model older --json --corpus " + apart);
    assertThat(one.out()).contains("\"unknown_characters\": 0").isEqualTo(two.out());
    assertThat(charnn.run("", "continue", "--model", "older", "--length", "9", "Le café").err())
        .doesNotContain("does not know");
  }

  @Test
  void anOlderRunGoesOnWithItsTextAsItWasRead() throws IOException {
    olderRunOf("resumed", APART);
    InProcess.Result resumed = charnn.line("train --resume --steps 65 --name resumed");
    assertThat(resumed.err()).doesNotContain("NFC", "another text");
    assertThat(resumed.code()).isZero();
    assertThat(best("resumed").provenance().decoding().normalization()).isNull();
    InProcess.Result validation =
        charnn.line("eval --held-out --model resumed --json --corpus " + apart);
    assertThat(validation.err()).doesNotContain("this is not the text");
  }

  /** Makes a run of a file without its normalization: as it stood in the file. */
  private static void olderRunOf(String name, String text) throws IOException {
    DecodingSettings then = new DecodingSettings(null, false, null, 0);
    Path file = Files.writeString(folder.resolve(name + ".txt"), text);
    Path run = Files.createDirectories(folder.resolve("models").resolve(name));
    try (ThreadTeam alone = new ThreadTeam(1)) {
      RunPreparation.create(
              TrainingSettings.of(best("composed")),
              EncodedCorpus.of(Corpora.read(List.of(file), then)),
              null,
              EngineType.fastest(),
              alone,
              new TrainingClock(System.nanoTime()),
              false)
          .run()
          .train(
              new RunDirectory(run),
              TrainingListener.all(List.of()),
              Duration.ofDays(1),
              () -> false);
    }
  }

  private static Model best(String run) throws IOException {
    return ModelFile.read(folder.resolve("models").resolve(run).resolve("best.zip"));
  }

  private static String[] prepend(String first, String... others) {
    String[] all = new String[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }
}
