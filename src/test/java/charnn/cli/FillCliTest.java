package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.ExitCode;
import charnn.data.Direction;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code charnn fill}. */
class FillCliTest {
  private static final String LETTERS = "\n abcdeé.";

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void write() throws IOException {
    run = folder.resolve("models/pair");
    Files.createDirectories(run.resolve("backward"));
    ModelFile.write(run.resolve("best.zip"), Models.random(LETTERS, 7, 1), null);
    ModelFile.write(run.resolve("backward/best.zip"), backward(Models.random(LETTERS, 5, 1)), null);
  }

  private static Model backward(Model model) {
    return new Model(
        model.network(),
        model.vocabulary(),
        model.hyperparameters().toBuilder()
            .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
            .build(),
        model.progress(),
        model.provenance());
  }

  private CommandRun fill(String in, String... args) {
    List<String> all = new ArrayList<>(List.of("fill", "--engine", "scalar"));
    all.addAll(List.of(args));
    return CommandRun.withInput(in, folder, all.toArray(String[]::new));
  }

  private String done(String in, String... args) {
    CommandRun run = fill(in, args);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private String failed(ExitCode code, String... args) {
    CommandRun run = fill("", args);
    assertThat(run.code()).as(run.err()).isEqualTo(code.code());
    assertThat(run.out()).isEmpty();
    return run.err();
  }

  @Test
  void oneTextIsPrintedAlone() {
    String text = done("", "ab ___ de.", "--gap", "2");
    assertThat(text).startsWith("ab ").endsWith(" de.\n").hasSize("ab xx de.\n".length());
    assertThat(done("ab ___ de.\n", "--gap", "2")).isEqualTo(text);
    assertThat(done("", "ab ___ de.", "--gap=2", "--model", "pair")).isEqualTo(text);
    assertThat(
            done(
                "",
                "ab ___ de.",
                "--gap=2",
                "--model",
                run.resolve("best.zip").toString(),
                "--backward",
                "pair/backward"))
        .isEqualTo(text);
    assertThat(done("", "--marker=*", "--gap=2", "ab * de.")).isEqualTo(text);
    assertThat(done("", "--marker=\\t", "--escape", "--gap=2", "ab \\t de.")).isEqualTo(text);
  }

  @Test
  void textsComeBestFirst() {
    String[] args = {"ab ___ de.", "--at-most", "3", "--count", "4"};
    String[] texts = done("", args).split("\n\n");
    String[] lines = done("", add(args, "--json")).split("\n");
    assertThat(lines).hasSize(4);
    double before = 0;
    for (int i = 0; i < 4; i++) {
      JsonObject line = JsonParser.parseString(lines[i]).getAsJsonObject();
      String gap = line.getAsJsonArray("gaps").get(0).getAsString();
      double score = line.get("log_probability").getAsDouble();
      assertThat(line.get("text").getAsString()).isEqualTo("ab " + gap + " de.");
      assertThat(texts[i].strip()).isEqualTo(("ab " + gap + " de.").strip());
      assertThat(gap).hasSizeBetween(1, 3);
      assertThat(score)
          .isLessThan(before)
          .isEqualTo(
              (line.get("forward_log_probability").getAsDouble()
                      + line.get("backward_log_probability").getAsDouble())
                  / 2);
      assertThat(line.get("model").getAsString()).isEqualTo("pair");
      assertThat(line.get("backward_model").getAsString()).isEqualTo("pair/backward");
      assertThat(line.get("settings")).hasToString("{\"at_most\":3,\"beam\":64}");
      before = score;
    }
  }

  @Test
  void gapsStandAnywhereAndSeveralTimes() {
    assertThat(done("", "___bc", "--gap", "3")).hasSize(6).endsWith("bc\n");
    assertThat(done("", "bc___", "--gap", "3")).hasSizeBetween(5, 6).startsWith("bc");
    assertThat(done("", "___", "--gap", "1")).isNotEmpty();
    String json = done("", "___a___e____.", "--gap", "2", "--json");
    JsonObject line = JsonParser.parseString(json).getAsJsonObject();
    assertThat(line.getAsJsonArray("gaps")).hasSize(3);
    assertThat(line.get("text").getAsString()).hasSize(9);
  }

  @Test
  void unknownCharactersStayInTheText() {
    CommandRun run = fill("", "aXb ___ É.", "--gap", "1");
    assertThat(run.out()).startsWith("aXb ").endsWith(" É.\n");
    assertThat(run.err())
        .contains("unknown to the model, and kept in the text, but not read: 'X' (U+0058)")
        .contains(
            "unknown to the model, and kept in the text, but replaced for reading: 'É' (U+00C9) by 'é'");
    String known = done("", "ab ___ é.", "--gap", "1");
    assertThat(run.out().codePointAt(4)).isEqualTo(known.codePointAt(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no~gap|the text has no gap; write ___ where something is missing",
        "a~___ --gap 0|--gap must be 1 to 1000, got 0",
        "a~___ --gap 1.5|--gap must be a whole number, got 1.5",
        "a~___ --gap 1,2|--gap takes several lengths with --measure only",
        "a~___ --gap 1 --at-most 2|--gap is the exact length, and --at-most the longest",
        "a~___ --at-most 0|--at-most must be 1 to 200",
        "a~___ --beam 0|--beam must be 1 to 4096",
        "a~___ --count 0|--count must be 1 or more",
        "a~___ --marker=|--marker needs a text",
        "a~___ --seed 3|--seed is for --measure",
        "a~___ --temperature 0.5|fill has no option --temperature",
        "--measure 3 --gap 1|--measure needs --corpus",
        "--measure 3 --corpus x.txt|--measure needs the length of the gaps",
        "--measure 3 --corpus x.txt --gap 1 --count 2|--count is for the gaps of a text",
        "--measure 3 --gap 1 --corpus x.txt a~___|--measure makes gaps in --corpus",
      })
  void whatCannotBeIsRefused(String args, String message) {
    String[] given =
        Arrays.stream(args.split(" ")).map(word -> word.replace('~', ' ')).toArray(String[]::new);
    assertThat(failed(ExitCode.USAGE, given)).contains(message);
  }

  @Test
  void aModelAloneIsNoPair() throws IOException {
    Files.delete(run.resolve("backward/best.zip"));
    assertThat(failed(ExitCode.USAGE, "a ___"))
        .contains(
            "pair reads forwards, and has no second model; train a pair with charnn train --direction both, or name the second model with --backward");
    Path other = folder.resolve("other.zip");
    ModelFile.write(other, backward(Models.random("abx", 5, 1)), null);
    assertThat(failed(ExitCode.USAGE, "a ___", "--backward", other.toString()))
        .contains("know different characters");
    assertThat(failed(ExitCode.USAGE, "a ___", "--backward", "pair"))
        .contains("pair reads forwards, and --backward needs a model that reads backwards");
    assertThat(failed(ExitCode.USAGE, "a ___", "--model", other.toString()))
        .contains("reads backwards");
  }

  @Test
  void theMeasurementIsReproducible() throws IOException {
    String corpus =
        Files.writeString(folder.resolve("x.txt"), "abc de. ébca d.".repeat(20)).toString();
    String[] args = {"--measure", "9", "--gap", "1,3", "--corpus", corpus, "--beam", "4"};
    String table = done("", add(args, "--threads", "1"));
    assertThat(table).startsWith("gap  ").hasLineCount(9).contains("%  both models\n");
    assertThat(done("", add(args, "--threads", "2", "--seed", "1"))).isEqualTo(table);
    String[] lines = done("", add(args, "--json")).split("\n");
    assertThat(lines).hasSize(2);
    JsonObject line = JsonParser.parseString(lines[1]).getAsJsonObject();
    assertThat(line.get("gap").getAsInt()).isEqualTo(3);
    assertThat(line.get("gaps").getAsInt()).isEqualTo(9);
    assertThat(line.getAsJsonArray("accuracy")).hasSize(4);
    assertThat(failed(ExitCode.FAILED, "--measure=900", "--gap=1", "--corpus", corpus))
        .contains("900 gaps of 1 characters need a text of 965 characters or more, got 300");
  }

  @Test
  void theValidationSetIsTheLastPart() throws IOException {
    String text = "abc de. ébca d. bcd".repeat(100);
    String all = Files.writeString(folder.resolve("all.txt"), text).toString();
    String last =
        Files.writeString(
                folder.resolve("last.txt"), text.substring(text.length() - text.length() / 10))
            .toString();
    String[] args = {"--measure", "5", "--gap", "2", "--beam", "4", "--corpus"};
    assertThat(done("", add(args, all, "--validation"))).isEqualTo(done("", add(args, last)));
  }

  private static String[] add(String[] args, String... more) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
