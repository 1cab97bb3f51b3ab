package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How prompts are given to `sample` and `continue`, and how their texts end. */
class SamplingCliTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text =
        Files.writeString(folder.resolve("t.txt"), "-- an old word, --length=5\n".repeat(40));
    CommandRun run =
        CommandRun.of(
            folder, "train", "--corpus", text.toString(), "--hidden", "8", "--steps", "2");
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--seed", "1", "--length", "20"));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--length=5", "--length", "--", "-- an old", "-h", "--x", "a=b", "'a'"})
  void whatFollowsAnEqualsSignIsThePrompt(String prompt) {
    CommandRun sample = run("sample", "--prompt=" + prompt);
    assertThat(sample.code()).as(sample.err()).isZero();
    CommandRun same = CommandRun.of(folder, "continue", "--seed=1", "--length=20", "--", prompt);
    assertThat(same.out()).isEqualTo(prompt + sample.out());
  }

  @Test
  void anEmptyPromptIsSaid() {
    for (String[] prompt : new String[][] {{"--prompt="}, {"--prompt", ""}}) {
      CommandRun empty = run("sample", prompt);
      assertThat(empty.code()).as(empty.err()).isZero();
      assertThat(empty.err()).contains("the prompt is empty: the model is not primed");
      assertThat(empty.out()).isEqualTo(run("sample").out());
    }
    assertThat(run("sample").err()).doesNotContain("prompt");
  }

  @Test
  void textsOfSeveralCallsDoNotGlueTogether() {
    String raw = run("sample", "--raw").out();
    assertThat(raw).hasSize(20);
    assertThat(run("sample").out()).isEqualTo(raw.endsWith("\n") ? raw : raw + "\n");
    assertThat(run("continue", "an old").out()).endsWith("\n");
    assertThat(run("sample", "--length", "0").code()).isEqualTo(ExitCode.USAGE.code()); // twice
    assertThat(CommandRun.of(folder, "sample", "--length", "0").out()).isEmpty();
  }

  @Test
  void rawPrintsNothingButTheCharacters() {
    assertThat(run("sample", "--raw", "--count", "3").out()).hasSize(60);
    assertThat(run("continue", "--raw", "an old").out()).startsWith("an old").hasSize(26);
  }

  @Test
  void aTextThatIsAFilesNameIsContinuedAndTheFilesTextPointedTo() {
    String file = folder.resolve("t.txt").toString();
    CommandRun run = run("continue", file);
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith(file);
    assertThat(run.err())
        .contains(
            "continuing the letters '" + file + "'",
            "the text in that file: charnn continue --prompt-file ");
    assertThat(run("continue", "an old").err()).doesNotContain("letters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --corpus caf\uFFFD.txt",
        "train --corpus=caf\uFFFD.txt",
        "train --models-dir caf\uFFFD",
        "plan --models-dir=caf\uFFFD",
        "sample --model caf\uFFFD",
        "train --name caf\uFFFD",
        "sample --prompt caf\uFFFD",
        "continue caf\uFFFD"
      })
  void whatJavaCouldNotDecodeIsRefused(String command) {
    CommandRun run = CommandRun.of(folder, command.split(" "));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("'caf\uFFFD", "Java cannot decode this argument");
    assertThat(run.out()).isEmpty();
    assertThat(Path.of("caf\uFFFD")).doesNotExist();
  }

  @Test
  void aFileThatHasTheSignInItsNameIsAFile() throws IOException {
    Path file = Files.copy(folder.resolve("t.txt"), folder.resolve("caf\uFFFD.txt"));
    CommandRun run = CommandRun.of(folder, "eval", "--corpus", file.toString());
    assertThat(run.code()).as(run.err()).isZero();
  }
}
