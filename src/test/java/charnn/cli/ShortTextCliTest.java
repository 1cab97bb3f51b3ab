package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A text of a line or two is trained on, evaluated, sampled from and resumed. */
class ShortTextCliTest {
  private static final String FIFTY = "A rat ate the oats. The cat ate the rat. The end.\n";

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void write() throws IOException {
    text = Files.writeString(folder.resolve("fifty.txt"), FIFTY);
  }

  private CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(String[]::new));
  }

  @Test
  void fiftyCharactersAreTrainedOnAndOneLineSaysWhatShrinks() {
    CommandRun run = run("train --hidden 8 --steps 4 --name run --corpus", text.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains("the text is short")))
        .containsExactly(
            "charnn: the text is short, 50 characters: --seq-length 12, not 32; --batch-size 4, not 16; nothing held out: --validation 0.1 would be 5");
    assertThat(run.err())
        .contains("50 characters to train on, none for validation")
        .contains("there is no validation set", "add text")
        .doesNotContain("1 for validation", "NaN", "Infinity");
    assertThat(run("info --model run").out()).contains("validation 0,");
    assertThat(run("sample --model run --length 20").code()).isZero();
    CommandRun all = run("eval --model run --corpus", text.toString());
    assertThat(all.code()).as(all.err()).isZero();
    CommandRun part = run("eval --model run --validation --corpus", text.toString());
    assertThat(part.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(part.err()).contains("trained without a validation set; omit --validation");
  }

  @Test
  void anInterruptedRunEndsAsAnother() throws IOException {
    String options = "--hidden 8 --batch-size 4 --dropout 0.2 --corpus " + text;
    assertThat(run("train --name whole --steps 9 " + options).code()).isZero();
    assertThat(run("train --name parts --steps 9 --lr-decay-every 3 " + options).code()).isZero();
    assertThat(run("train --name again --steps 5 --lr-decay-every 3 " + options).code()).isZero();
    assertThat(run("train --resume --name again --steps 9").code()).isZero();
    assertThat(parameters("again")).isEqualTo(parameters("parts"));
    assertThat(parameters("again")).isNotEqualTo(parameters("whole"));
  }

  private float[] parameters(String name) throws IOException {
    Model model = ModelFile.read(folder.resolve("models").resolve(name).resolve("last.zip"));
    return model.network().parameters();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seq-length 1000 | --seq-length 49, not 1000; --batch-size 1, not 16; nothing held out: --validation 0.1 would be 5",
        "--seq-length 8 --batch-size 2 --validation 0.02 | nothing held out: --validation 0.02 would be 1",
        "--seq-length 8 --batch-size 2 --validation 0.5 |",
        "--validation 0.5 | --seq-length 6, not 32; --batch-size 4, not 16",
        "--seq-length 8 --batch-size 2 --validation 0 |",
      })
  void whatIsGivenIsKeptWhereItFits(String options, String change) {
    CommandRun run = run("plan --hidden 8 --steps 4 " + options + " --corpus", text.toString());
    assertThat(run.code()).as(run.err()).isZero();
    if (change == null) {
      assertThat(run.err()).doesNotContain("the text is short");
    } else {
      assertThat(run.err())
          .contains("charnn: the text is short, 50 characters: " + change + System.lineSeparator());
    }
    assertThat(run.out()).doesNotContain(" 1 for validation", ", 1 ");
  }

  @Test
  void bothModelsOfAPairFit() {
    CommandRun run =
        run("train --direction both --hidden 8 --steps 4 --name pair --corpus", text.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains("the text is short"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "plan", "train --seq-length 1", "plan --validation 0"})
  void fortyNineCharactersAreRefused(String command) throws IOException {
    Files.writeString(text, FIFTY.substring(1));
    CommandRun run = run(command + " --corpus", text.toString());
    assertThat(run.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            "charnn: the text is too short to train on: it has 49 characters, and 50 is the least; add text\n");
    assertThat(folder.resolve("models/fifty")).doesNotExist();
  }
}
