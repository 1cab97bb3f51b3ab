package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model learns from a prompt before it continues it. */
class AdaptCliTest {
  private static final String[] SHORT = {"--length", "100", "--seed", "1"};
  private static final String PROMPT = "she had a cat, and he had a hat. ".repeat(40);

  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text =
        Files.writeString(
            folder.resolve("t.txt"), "The cat sat. \"Oh, no!\" she said.\n".repeat(80));
    CommandRun run =
        CommandRun.of(
            folder, ("train --name cat --hidden 16 --steps 40 --corpus " + text).split(" "));
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(SHORT));
    return CommandRun.of(folder, all.toArray(new String[0]));
  }

  private static Path model() {
    return folder.resolve("models/cat/best.zip");
  }

  @Test
  void theGainIsSaidAndTheModelStaysAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(model());
    CommandRun plain = run("continue", PROMPT);
    CommandRun adapted = run("continue", "--adapt", PROMPT);
    assertThat(adapted.code()).as(adapted.err()).isZero();
    assertThat(adapted.out()).startsWith(PROMPT).isNotEqualTo(plain.out());
    assertThat(adapted.err())
        .containsPattern(
            "learned from 1,319 characters of the text; the last \\d+, predicted before they were"
                + " learned, take \\d\\.\\d{3} bits per character, \\d\\.\\d{3} without learning"
                + " \\(\\d+\\.\\d % better\\)");
    assertThat(run("continue", "--adapt", PROMPT).out()).isEqualTo(adapted.out());
    assertThat(Files.readAllBytes(model())).isEqualTo(before);
  }

  @Test
  void theAdaptedModelIsSavedWhereNothingIs() throws IOException {
    Path saved = folder.resolve("adapted.zip");
    CommandRun adapted = run("continue", "--adapt", "--save", saved.toString(), PROMPT);
    assertThat(adapted.err()).contains("saved the adapted model as " + saved);
    assertThat(run("continue", "--model", saved.toString(), PROMPT).out()).isEqualTo(adapted.out());
    assertThat(ModelFile.read(saved).vocabulary()).isEqualTo(ModelFile.read(model()).vocabulary());

    byte[] before = Files.readAllBytes(saved);
    CommandRun again = run("continue", "--adapt", "--save", saved.toString(), PROMPT);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains(saved + " exists already; choose another name");
    assertThat(again.out()).isEmpty();
    assertThat(Files.readAllBytes(saved)).isEqualTo(before);
    CommandRun nowhere = run("continue", "--adapt", "--save", folder + "/none/m.zip", PROMPT);
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("none does not exist, and --save");
  }

  @Test
  void whatAModelWasAdaptedToIsDescribed() throws IOException {
    String once = folder.resolve("once.zip").toString();
    String twice = folder.resolve("twice.zip").toString();
    run("continue", "--adapt", "--save", once, PROMPT);
    run("continue", "--adapt", "--model", once, "--save", twice, PROMPT.substring(0, 101));
    String hash = HexFormat.of().formatHex(ModelFile.read(model()).sha256()).substring(0, 12);
    assertThat(CommandRun.of(folder, "info", "--model", once).out())
        .contains("adapted to  1,319 characters of 1 text, from cat (SHA-256 " + hash + "...)");
    assertThat(CommandRun.of(folder, "info", "--model", twice).out())
        .contains("adapted to  1,419 characters of 2 texts, from cat (");
    assertThat(CommandRun.of(folder, "info", "--model", twice, "--json").out())
        .containsPattern("\"adapted\": *\\{\\s*\"model\": *\"cat\"")
        .containsPattern("\"texts\": *2,\\s*\"characters\": *1419");
    assertThat(CommandRun.of(folder, "info", "--model", "cat").out()).doesNotContain("adapted");
  }

  @Test
  void theStateOfAnAdaptedModelIsLoadedWithIt() {
    String model = folder.resolve("kept.zip").toString();
    String state = folder.resolve("state").toString();
    String first = run("continue", "--adapt", "--save", model, "--save-state", state, PROMPT).out();
    CommandRun rest = run("sample", "--model", model, "--load-state", state);
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(first).hasSize(PROMPT.length() + 100);
    assertThat(run("sample", "--load-state", state).err()).contains("was saved with another model");
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 40, 512})
  void ofAShortPromptTheGainIsNotKnown(int length) {
    CommandRun run = run("continue", "--adapt", PROMPT.substring(0, length));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "learned from %d characters of the text; what that gained is measured on texts of at least 513"
                .formatted(length - 1));
  }

  @Test
  void thereMustBeSomethingToLearn() {
    for (String prompt : List.of("", "T", "水", "The cat", "水" + PROMPT.substring(0, 32))) {
      CommandRun run = run("continue", "--adapt", prompt);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .containsPattern(
              "--adapt needs a text of at least 33 characters that the model knows, got (0|1|7|32);"
                  + " give a longer one");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void anEngineThatCannotLearnSoIsRefused() {
    CommandRun run = run("continue", "--adapt", "--engine", "dl4j", PROMPT);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--adapt trains statefully");
    assertThat(run("sample", "--adapt").code()).isEqualTo(2);
  }
}
