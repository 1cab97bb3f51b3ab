package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.data.Direction;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** With every option, a text of several is the text of its seed alone. */
class BatchCliTest {
  private static final String LETTERS = "\n abcdef.é";

  /** Options that shape no text, or go with a single one only. */
  private static final Set<String> OTHERS =
      Set.of(
          "--adapt", // one text may be learned from, and all continue it
          "--bad-bytes",
          "--count",
          "--encoding",
          "--endless",
          "--engine",
          "--help",
          "--json",
          "--length",
          "--load-state",
          "--models-dir",
          "--raw",
          "--save",
          "--save-state",
          "--seed",
          "--verbose");

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    Model model = Models.random(LETTERS, 6, 2);
    ModelFile.write(folder.resolve("one.zip"), model, null);
    ModelFile.write(folder.resolve("two.zip"), Models.random(LETTERS + "gh", 5, 1), null);
    ModelFile.write(
        folder.resolve("backward.zip"),
        new Model(
            model.network(),
            model.vocabulary(),
            model.hyperparameters().toBuilder()
                .set(Hyperparameters.DIRECTION, Direction.BACKWARD)
                .build(),
            model.progress(),
            model.provenance()),
        null);
    Files.writeString(folder.resolve("book.txt"), "a bad cab. a fed face. dab a bead.\n".repeat(3));
    Files.writeString(folder.resolve("prompt.txt"), "abc def abc def abc ");
  }

  static Stream<String> options() {
    return Stream.of(
        "sample",
        "sample --temperature 0",
        "sample --temperature 0.3,1,2",
        "sample --dynamic-temperature 0.5:2",
        "sample --top-k 3",
        "sample --top-p 0.7",
        "sample --min-p 0.2",
        "sample --typical-p 0.6",
        "sample --top-n-sigma 1",
        "sample --surprise 2",
        "sample --dry 2",
        "sample --top-k 8 --top-p 0.9 --min-p 0.05 --typical-p 0.9 --top-n-sigma 3 --surprise 3 --dry 4",
        "sample --ban abc",
        "sample --only ab",
        "sample --ban-phrase ab --ban-phrase c",
        "sample --ban-phrase \\n --escape",
        "sample --match [a-f]{3,9}(\\.[a-f]+){2}",
        "sample --max-copy 2 --corpus FOLDER --include book.txt",
        "sample --match (.|\\n){30} --ban-phrase ba --max-copy 3 --corpus FOLDER/book.txt --dry 3",
        "sample --stop a",
        "sample --stop ab --stop cd --keep-stop",
        "sample --until line",
        "sample --until sentence",
        "sample --until paragraph",
        "sample --start paragraph",
        "sample --start random",
        "sample --prompt abc",
        "sample --prompt xyz",
        "sample --prompt abcabcabc --dry 2 --surprise 2 --ban-phrase abcd",
        "sample --clamp 1:2=1 --clamp 2:6=-0.5",
        "sample --prompt-file FOLDER/prompt.txt",
        "sample --top 3",
        "sample --best-of 3",
        "sample --best-of 2 --temperature 0.5,1.5 --ban-phrase ab --stop d",
        "sample --model FOLDER/two.zip",
        "sample --model FOLDER/two.zip --mix 0.7,0.3 --surprise 2 --ban-phrase ab --prompt gab",
        "continue abc",
        "continue abc --until sentence --ban-phrase cd --dry 2",
        "continue --prompt-file FOLDER/prompt.txt --best-of 2 --max-copy 2 --corpus FOLDER/book.txt",
        "backward --ban-phrase ab --dry 2",
        "backward --best-of 2 --surprise 2 --stop a",
        "backward --max-copy 2 --corpus FOLDER/book.txt --until line");
  }

  @ParameterizedTest
  @MethodSource("options")
  void aTextOfSeveralIsThatOfItsSeedAlone(String line) {
    Map<String, JsonObject> alone = new HashMap<>();
    for (int count : new int[] {9, 3, 1}) {
      List<JsonObject> texts = json(line, "--seed", "7", "--count", "" + count);
      assertThat(texts).hasSizeGreaterThanOrEqualTo(count);
      for (JsonObject text : texts) {
        JsonElement temperature = text.getAsJsonObject("settings").get("temperature");
        String own =
            line.replaceFirst(" --best-of \\d+", "")
                .replaceFirst("(--temperature) \\S+", "$1 " + temperature);
        String seed = text.get("seed").getAsString();
        JsonObject single =
            alone.computeIfAbsent(own + seed, key -> json(own, "--seed", seed).get(0));
        text.remove("settings");
        single.remove("settings");
        assertThat(text).as("of %d", count).isEqualTo(single);
      }
    }
    assertThat(alone).hasSizeGreaterThanOrEqualTo(9);
  }

  /** Plain texts come another way. */
  @ParameterizedTest
  @MethodSource("options")
  void plainTextsAreThoseOfJson(String line) {
    if (line.contains("--top 3")) {
      return; // belongs to --json
    }
    boolean echoes = !line.startsWith("sample");
    String texts =
        json(line, "--seed", "7", "--count", "9").stream()
            .map(
                text -> {
                  String own = text.get("text").getAsString();
                  String prompt = echoes ? text.get("prompt").getAsString() : "";
                  return line.startsWith("backward") ? own + prompt : prompt + own;
                })
            .collect(Collectors.joining());
    assertThat(run(line, "--seed", "7", "--count", "9", "--raw")).isEqualTo(texts);
  }

  @Test
  void noOptionIsForgotten() {
    Set<String> tried =
        options()
            .flatMap(line -> Arrays.stream(command(line)))
            .filter(word -> word.startsWith("--"))
            .map(word -> word.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    for (String command : List.of("sample", "continue")) {
      assertThat(
              new CommandLine(Cli.commands(null).get(command).get())
                  .getCommandSpec().options().stream().map(OptionSpec::longestName))
          .filteredOn(option -> !OTHERS.contains(option))
          .isSubsetOf(tried);
    }
  }

  private static String[] command(String line) {
    List<String> words = new ArrayList<>(List.of(line.replace("FOLDER", folder + "").split(" ")));
    String model = "one.zip";
    if (words.get(0).equals("backward")) {
      words.set(0, "continue");
      words.add("--before=bad.");
      model = "backward.zip";
    }
    words.addAll(List.of("--model", folder.resolve(model).toString()));
    return words.toArray(String[]::new);
  }

  private static List<JsonObject> json(String line, String... more) {
    return run(line + " --json", more)
        .lines()
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .toList();
  }

  private static String run(String line, String... more) {
    List<String> args = new ArrayList<>(List.of(command(line)));
    args.addAll(List.of(more));
    args.addAll(List.of("--length", "30"));
    CommandRun run = CommandRun.of(folder, args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }
}
