package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts that are written from their end to their beginning, beside those of a model with the same
 * parameters that reads forwards: each is the other, turned round.
 */
class BackwardTextCliTest {
  private static final Direction BACKWARD = Direction.BACKWARD;
  private static final String LETTERS = "\n abcdeé.𝄞";
  private static final String ENDING = "bé d.";

  @TempDir private Path folder;
  private Path backward;
  private Path forward;

  @BeforeEach
  void write() throws IOException {
    Model model = Models.random(LETTERS, 5, 1);
    backward = folder.resolve("backward.zip");
    forward = folder.resolve("forward.zip");
    ModelFile.write(forward, model, null);
    ModelFile.write(
        backward,
        new Model(
            model.network(),
            model.vocabulary(),
            model.hyperparameters().toBuilder().set(Hyperparameters.DIRECTION, BACKWARD).build(),
            model.progress(),
            model.provenance()),
        null);
    assertThat(Vocabulary.ofText(LETTERS).size()).isEqualTo(10);
  }

  private CommandRun charnn(String in, String command, Path model, List<String> args) {
    List<String> all =
        new ArrayList<>(List.of(command, "--model", model.toString(), "--engine", "scalar"));
    if (!command.equals("score")) {
      all.addAll(List.of("--seed", "5"));
    }
    all.addAll(args);
    return CommandRun.withInput(in, folder, all.toArray(String[]::new));
  }

  private String done(String in, String command, Path model, String... args) {
    CommandRun run = charnn(in, command, model, List.of(args));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private void refused(Path model, String reason, String... args) {
    CommandRun run = charnn("", "continue", model, List.of(args));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--length 40",
        "--length 0",
        "--length 30 --top-p 0.8 --dry 3",
        "--length 30 --surprise 2 --ban a",
        "--length 30 --best-of 3",
        "--length 200 --until line",
        "--length 400 --until paragraph",
        "--length 30 --start random",
        "--length 80 --adapt"
      })
  void aTextIsThatOfTheForwardModelTurnedRound(String options) {
    List<String> args = new ArrayList<>(List.of(options.split(" ")));
    args.add("--raw");
    if (options.contains("--start")) {
      assertThat(done("", "sample", backward, args.toArray(String[]::new)))
          .isEqualTo(BACKWARD.turned(done("", "sample", forward, args.toArray(String[]::new))));
      return;
    }
    List<String> other = new ArrayList<>(args);
    String ending = ENDING.repeat(options.contains("--adapt") ? 7 : 1);
    args.add("--before=" + ending);
    other.add(BACKWARD.turned(ending));
    String text = done("", "continue", backward, args.toArray(String[]::new));
    assertThat(text)
        .endsWith(ending)
        .isEqualTo(BACKWARD.turned(done("", "continue", forward, other.toArray(String[]::new))));
  }

  @Test
  void textsComeInTheirOrder() {
    String[] args = {"--count", "2", "--temperature", "0.5,1", "--length", "12", "--raw"};
    String texts = done("", "continue", backward, add(args, "--before=" + ENDING));
    String[] turned =
        done("", "continue", forward, add(args, BACKWARD.turned(ENDING)))
            .split("(?=" + Pattern.quote(BACKWARD.turned(ENDING)) + ")");
    assertThat(turned).hasSize(4);
    assertThat(texts)
        .isEqualTo(Stream.of(turned).map(BACKWARD::turned).collect(Collectors.joining()));
    args[6] = "--before";
    assertThat(done("", "continue", backward, add(args, ENDING)))
        .startsWith("--- temperature 0.5 ---\n")
        .contains(ENDING + "\n\n--- temperature 1 ---\n")
        .endsWith(ENDING + "\n");
  }

  @Test
  void stopsAndBannedPhrasesAreMeantAsTheyAreRead() {
    String[] ends = {"--stop", "ab", "--keep-stop", "--length", "3000", "--raw", "--before"};
    String text = done("", "continue", backward, add(ends, ENDING));
    assertThat(text).startsWith("ab").hasSizeLessThan(3000);
    assertThat(text.indexOf("ab", 1)).isNegative();
    String[] bans = {"--ban-phrase", "ab", "--ban-phrase", "cbé", "--length", "2000", "--before"};
    assertThat(done("", "continue", backward, add(bans, ENDING)))
        .doesNotContain("ab", "cbé")
        .contains("ba");
  }

  @Test
  void copiesAreThoseOfTheBook() throws IOException {
    String book = done("", "continue", backward, "--length", "300", "--before", ENDING);
    Path corpus = Files.writeString(folder.resolve("book.txt"), book);
    String text =
        done(
            "",
            "continue",
            backward,
            "--length",
            "300",
            "--max-copy",
            "8",
            "--corpus",
            corpus.toString(),
            "--before",
            ENDING);
    String spaced = book.replaceAll("\\s+", " ");
    String generated = text.substring(0, text.length() - ENDING.length() - 1);
    String folded = generated.replaceAll("\\s+", " ");
    for (int i = 0; i + 9 <= folded.length(); i++) {
      assertThat(spaced).doesNotContain(folded.substring(i, i + 9));
    }
  }

  @Test
  void jsonIsInReadingOrder() {
    String[] args = {"--json", "--top", "2", "--length", "9", "--before"};
    JsonObject line =
        JsonParser.parseString(done("", "continue", backward, add(args, ENDING))).getAsJsonObject();
    String text = line.get("text").getAsString();
    StringBuilder characters = new StringBuilder();
    line.get("alternatives")
        .getAsJsonArray()
        .forEach(c -> characters.append(c.getAsJsonObject().get("character").getAsString()));
    assertThat(text.codePointCount(0, text.length())).isEqualTo(9);
    assertThat(characters).hasToString(text);
    assertThat(line.get("prompt").getAsString()).isEqualTo(ENDING);
  }

  @Test
  void anEndingComesFromAPipeOrAFile() throws IOException {
    String typed = done("", "continue", backward, "--length", "9", "--before", ENDING);
    assertThat(done(ENDING + "\n", "continue", backward, "--before", "--length", "9"))
        .isEqualTo(typed);
    Path file = Files.writeString(folder.resolve("end.txt"), ENDING + "\n");
    assertThat(
            done(
                "",
                "continue",
                backward,
                "--length",
                "9",
                "--before",
                "--prompt-file",
                file.toString()))
        .isEqualTo(typed);
    assertThat(done("", "continue", backward, "--before", "--length", "9", ENDING))
        .isEqualTo(typed);
  }

  @Test
  void aSampleCanHaveAnEnding() {
    String text = done("", "sample", backward, "--length", "9", "--prompt", ENDING, "--raw");
    assertThat(done("", "continue", backward, "--length", "9", "--before", ENDING, "--raw"))
        .isEqualTo(text + ENDING);
  }

  @Test
  void aTextIsScoredInReadingOrder() {
    String text = "ab cd\nbé";
    String shown = done(text, "score", backward, "--show");
    String turned = done(BACKWARD.turned(text), "score", forward, "--show");
    assertThat(shown).startsWith("ab cd↵");
    assertThat(last(shown)).isEqualTo(last(turned));
    assertThat(last(done(text, "score", backward))).isEqualTo(last(turned));
  }

  private static String last(String table) {
    return table.substring(table.stripTrailing().lastIndexOf('\n') + 1);
  }

  @Test
  void theOtherDirectionIsPointedTo() {
    refused(
        forward,
        "forward.zip reads forwards: --before needs a model of charnn train --direction backward, or both",
        "--before",
        ENDING);
    refused(
        backward,
        "backward.zip reads backwards: it continues no text, but writes what comes before one: charnn continue --before TEXT",
        ENDING);
    refused(
        backward, "continue takes a text or the ending --before, not both", "--before", "a", "b");
    refused(backward, "--before needs an ending: charnn continue --before", "--before");
  }

  @ParameterizedTest
  @CsvSource({
    "--endless, --endless",
    "--until=sentence, --until sentence",
    "--match=a*, --match",
    "--save-state=x, --save-state",
    "--load-state=x, --load-state",
  })
  void whatATextFromItsEndCannotBeIsRefused(String option, String named) {
    refused(
        backward,
        named + " is for texts that are written forwards, and ",
        "--before",
        ENDING,
        option);
  }

  private static String[] add(String[] args, String last) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 1);
    all[args.length] = last;
    return all;
  }
}
