package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what was asked for, or it is said that it is not. */
class PromptCliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and she had a goose.\n".repeat(20);
  private static final String[] SHORT = {"--length", "20", "--seed", "1"};

  @TempDir private static Path folder;
  private static InProcess charnn;

  @BeforeAll
  static void train() throws IOException {
    charnn = new InProcess(folder);
    Path tale = Files.writeString(folder.resolve("tale.txt"), TALE);
    charnn.line(
        "train --steps 5 --hidden 16 --layers 1 --batch-size 8 --seq-length 16 --name tale --corpus "
            + tale);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample --temperature 0 --count 3",
        "sample --top-k 1 --count 3",
        "continue Once --temperature 0 --count 3",
      })
  void textsThatAreAllTheSameAreSaidToBe(String line) {
    InProcess.Result result = charnn.line(line + " --length 20");
    assertThat(result.err()).containsPattern("all 3 texts are the same: --t\\S+ [01] is greedy");
    String[] texts = result.out().split("\n\n");
    assertThat(texts).hasSize(3);
    assertThat(texts[1]).isEqualTo(texts[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample --temperature 0", "sample --temperature 0.5 --count 3"})
  void otherwiseNothingIsSaid(String line) {
    assertThat(charnn.line(line + " --length 20").err()).doesNotContain("the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\uFEFF"})
  void anEmptyTextToGoOnWithIsSaidToBe(String text) {
    InProcess.Result result = charnn.run(text, with("continue"));
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("the text to continue is empty");
    assertThat(charnn.run("", with("continue", "")).err()).contains("is empty");
    assertThat(charnn.run("", with("continue", "Once")).err()).doesNotContain("is empty");
  }

  @Test
  void aPromptOfWhichNothingIsKnownIsSaidToBe() {
    String said = "the model knows no character of the prompt: it starts a new text";
    assertThat(charnn.run("", with("sample", "--prompt", "水火")).err()).contains(said);
    assertThat(charnn.run("水火", with("continue")).err()).contains(said);
    assertThat(charnn.run("水 火", with("continue")).err()).doesNotContain(said);
    assertThat(charnn.run("", with("sample")).err()).doesNotContain(said);
  }

  private static String[] with(String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + SHORT.length);
    System.arraycopy(SHORT, 0, all, command.length, SHORT.length);
    return all;
  }
}
