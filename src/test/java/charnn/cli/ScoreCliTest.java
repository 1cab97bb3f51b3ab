package charnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.model.Model;
import charnn.model.Models;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreCliTest {
  private static final String TALE =
      "Once upon a time\nthere was a mill.\n\nÀ la fin\uD83D\uDE00.\n";
  private static final List<String> FIGURES =
      List.of("nats_per_character", "bits_per_character", "perplexity", "unknown_characters");

  @TempDir private static Path folder;

  @BeforeAll
  static void writeModels() throws IOException {
    ModelFile.write(folder.resolve("a.zip"), Models.random(TALE, 9, 1), null);
    Model other = Models.random(TALE + "é?", 6, 2);
    ModelFile.write(folder.resolve("b.zip"), other, null);
    Files.writeString(folder.resolve("tale.txt"), TALE);
  }

  private static CommandRun score(String in, String... options) {
    List<String> args = new ArrayList<>(List.of("score"));
    args.addAll(List.of(options));
    if (!args.contains("--model")) {
      args.addAll(List.of("--model", file("a.zip")));
    }
    return CommandRun.withInput(in, folder, args.toArray(String[]::new));
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonObject json(CommandRun run) {
    assertThat(run.code()).as(run.err()).isZero();
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static JsonObject object(JsonArray array, int index) {
    return array.get(index).getAsJsonObject();
  }

  /** Returns the figures of a text, of the first model. */
  private static JsonObject figures(JsonObject report, int text) {
    return object(object(report.getAsJsonArray("texts"), text).getAsJsonArray("scores"), 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TALE,
        "aa",
        "a time?!? with — unknown \uD83D\uDE01 ones",
        "?? Once",
        "Once upon\r\na time\r\rthere\r\n",
        "A\u0300 la fin",
        "\uFEFFa mill",
      })
  void aTextHasTheFiguresOfEvaluation(String text) throws IOException {
    Path path = Files.writeString(folder.resolve("text.txt"), text);
    JsonObject scored = json(score("", path.toString(), "--json"));
    JsonObject piped = json(score(text, "--json"));
    for (String key : FIGURES) {
      assertThat(figures(piped, 0).get(key)).isEqualTo(figures(scored, 0).get(key));
      assertThat(object(scored.getAsJsonArray("total"), 0).get(key))
          .isEqualTo(figures(scored, 0).get(key));
    }
    if (text.equals("aa")) {
      return; // A text to evaluate must have two different characters.
    }
    JsonObject evaluated =
        json(
            CommandRun.of(
                folder, "eval", "--corpus", path.toString(), "--model", file("a.zip"), "--json"));
    for (String key : FIGURES) {
      assertThat(figures(scored, 0).get(key)).as(key).isEqualTo(evaluated.get(key));
    }
    long characters = figures(scored, 0).get("characters").getAsLong();
    assertThat(characters - figures(scored, 0).get("unknown_characters").getAsLong())
        .isEqualTo(evaluated.get("characters").getAsLong());
    assertThat(figures(scored, 0).get("bits").getAsDouble())
        .isCloseTo(characters * evaluated.get("bits_per_character").getAsDouble(), within(1e-9));
  }

  @Test
  void standardInputIsDecodedAsFilesAre() throws IOException {
    Charset windows = Charset.forName("windows-1252");
    byte[] bytes = "\u00C0 la fin".getBytes(windows);
    Path path = Files.write(folder.resolve("windows.txt"), bytes);
    JsonObject scored = json(score("", path.toString(), "--encoding", "windows-1252", "--json"));
    assertThat(figures(scored, 0).get("unknown_characters").getAsInt()).isZero();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(bytes),
            new PrintStream(out, false, UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            false,
            false,
            false,
            80,
            folder);
    String[] args = {"score", "--json", "--encoding", "windows-1252", "--model", file("a.zip")};
    assertThat(Cli.run(args, console)).isZero();
    JsonObject piped = JsonParser.parseString(out.toString(UTF_8)).getAsJsonObject();
    assertThat(figures(piped, 0)).isEqualTo(figures(scored, 0));
  }

  @Test
  void severalFilesHaveALineEachAndATotal() throws IOException {
    Path second = Files.writeString(folder.resolve("second.txt"), "a time");
    CommandRun run = score("", file("tale.txt"), second.toString());
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).matches("characters +unknown +bits +bits/char +perplexity +text");
    assertThat(lines.get(1)).endsWith(file("tale.txt"));
    assertThat(lines.get(2)).matches(" +5 +0 .*").endsWith(second.toString());
    assertThat(lines.get(3)).endsWith("total");
    JsonObject report = json(score("", file("tale.txt"), second.toString(), "--json"));
    assertThat(object(report.getAsJsonArray("total"), 0).get("bits").getAsDouble())
        .isCloseTo(
            figures(report, 0).get("bits").getAsDouble()
                + figures(report, 1).get("bits").getAsDouble(),
            within(1e-9));
  }

  @Test
  void theJsonOfOneModelHasTheseKeys() {
    JsonObject report = json(score(TALE, "--json", "--lines"));
    assertThat(report.keySet()).containsExactly("models", "texts", "total");
    assertThat(report.getAsJsonArray("models")).hasSize(1);
    JsonObject text = object(report.getAsJsonArray("texts"), 0);
    assertThat(text.keySet()).containsExactly("text", "scores", "lines");
    assertThat(text.get("text").getAsString()).isEqualTo("standard input");
    List<String> keys =
        List.of(
            "model",
            "characters",
            "unknown_characters",
            "bits",
            "bits_per_character",
            "nats_per_character",
            "perplexity");
    assertThat(figures(report, 0).keySet()).containsExactlyElementsOf(keys);
    JsonObject line = object(text.getAsJsonArray("lines"), 2);
    assertThat(line.keySet()).containsExactly("line", "text", "scores");
    assertThat(line.get("line").getAsInt()).isEqualTo(4);
    assertThat(line.get("text").getAsString()).isEqualTo("À la fin\uD83D\uDE00.");
    assertThat(object(line.getAsJsonArray("scores"), 0).keySet()).containsExactlyElementsOf(keys);
    assertThat(object(json(score(TALE, "--json")).getAsJsonArray("texts"), 0).keySet())
        .containsExactly("text", "scores");
  }

  @Test
  void severalModelsAreCompared() {
    String[] models = {"--model", file("a.zip"), "--model", file("b.zip")};
    String text = TALE + "a mill é\n";
    JsonObject report = json(score(text, concat(models, "--json")));
    JsonArray scores = object(report.getAsJsonArray("texts"), 0).getAsJsonArray("scores");
    assertThat(scores).hasSize(2);
    JsonObject first = object(scores, 0);
    JsonObject second = object(scores, 1);
    assertThat(first.keySet()).endsWith("more_bits", "lines_won", "share_of_lines");
    assertThat(first.get("unknown_characters").getAsInt()).isOne();
    assertThat(second.get("unknown_characters").getAsInt()).isZero();
    double difference = first.get("bits").getAsDouble() - second.get("bits").getAsDouble();
    assertThat(first.get("more_bits").getAsDouble()).isEqualTo(Math.max(0, difference));
    assertThat(second.get("more_bits").getAsDouble()).isEqualTo(Math.max(0, -difference));
    assertThat(first.get("lines_won").getAsInt() + second.get("lines_won").getAsInt()).isEqualTo(5);
    // Each has what it has alone.
    for (int m = 0; m < 2; m++) {
      JsonObject alone = figures(json(score(text, "--model", models[2 * m + 1], "--json")), 0);
      assertThat(object(scores, m).get("bits")).isEqualTo(alone.get("bits"));
    }
    CommandRun table = score(text, models);
    assertThat(table.out())
        .contains("more bits  lines won  model", " predicts this best, with ")
        .hasLineCount(5);
    assertThat(table.err())
        .contains("1 of the characters are unknown to " + folder.resolve("a.zip"));
    CommandRun lines = score(text, concat(models, "--lines"));
    assertThat(lines.out()).contains("bits, model 1  bits, model 2  best  text");
    assertThat(score(text, "--model", models[1], "--model", models[1]).out())
        .contains("a.zip (2)", "several models predict this equally well");
  }

  @Test
  void modelsTogetherAreAFurtherOne() {
    String[] models = {"--model", file("a.zip"), "--model", file("b.zip"), "--mix", "3,1"};
    JsonObject report = json(score("", concat(models, "--json", file("tale.txt"))));
    JsonArray scores = report.getAsJsonArray("total");
    assertThat(scores).hasSize(3);
    assertThat(object(scores, 2).get("model").getAsString())
        .matches("0\\.75 .*/a\\.zip \\+ 0\\.25 .*/b\\.zip");
    JsonObject evaluated =
        json(
            CommandRun.of(
                folder,
                concat(new String[] {"eval", "--json", "--corpus", file("tale.txt")}, models)));
    for (String key : FIGURES) {
      assertThat(object(scores, 2).get(key)).as(key).isEqualTo(evaluated.get(key));
    }
    Path page = folder.resolve("mix.html");
    CommandRun shown = score("a time", concat(models, "--show", "--html", page.toString()));
    assertThat(shown.out()).startsWith("a time\n").contains("bits of surprise");
    assertThat(page).content().contains("<p>Model: 0.75 ");
  }

  private static String[] concat(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void theTextIsShownWithMarksWhereThereIsNoTerminal() {
    CommandRun run = score("a time\nmill", "--show");
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("a time↵");
    assertThat(lines.get(1)).matches("[ .+#]*");
    assertThat(lines.get(2)).isEqualTo("mill");
    assertThat(run.out())
        .contains("\n\nbits of surprise:  0-1 no mark", "\n\ncharacters")
        .doesNotContain("\u001B");
  }

  @Test
  void aTerminalShowsColours() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream("a time\u001B[2J".getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            false,
            true,
            false,
            80,
            folder);
    String[] args = {"score", "--show", "--model", file("a.zip"), "--bad-bytes", "replace"};
    assertThat(Cli.run(args, console)).isZero();
    assertThat(out.toString(UTF_8))
        .contains("\u001B[30;4", " over 6 \u001B[0m\n", "\u001B[0m\n\nbits of surprise:", "␛")
        .doesNotContain("\u001B[2J", "␛[30");
  }

  @Test
  void aPageIsWrittenBesideTheTable() throws IOException {
    Path page = folder.resolve("page.html");
    CommandRun run = score("", file("tale.txt"), "--html", page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).hasLineCount(2);
    assertThat(run.err()).contains(page + " shows the surprise of each character");
    assertThat(page)
        .content()
        .startsWith("<!DOCTYPE html>")
        .contains("bits per character", "</pre>");
    assertThat(folder.resolve("page.html.tmp")).doesNotExist();
  }

  @Test
  void onlyAPageOfItsOwnIsReplaced() throws IOException {
    Path page = Files.writeString(folder.resolve("notes.html"), "<p>My notes</p>");
    CommandRun run = score("a time", "--html", page.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(page + " is there already, and no page of charnn");
    assertThat(page).hasContent("<p>My notes</p>");
    Files.delete(page);
    assertThat(score("a time", "--html", page.toString()).code()).isZero();
    String first = Files.readString(page);
    assertThat(score("a mime", "--html", page.toString()).code()).isZero();
    assertThat(Files.readString(page)).isNotEqualTo(first);
  }

  @Test
  void aTextIsNotOverwrittenByItsPage() throws IOException {
    Path text = Files.writeString(folder.resolve("text.html"), "a time");
    CommandRun run = score("", text.toString(), "--html", text.toString());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("would overwrite the text to score");
    assertThat(text).hasContent("a time");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--json --show | --json and --show both print; omit one",
        "--html tale.txt | ending in .html, got 'tale.txt'",
        "--html no/such/page.html | make it first",
        "--show --model b.zip | --show shows the surprise of one model, got 2; give one --model",
        "--html p.html --model b.zip | --html shows the surprise of one model, got 2",
        "--mix 1,2 | --mix is for several --model",
        "--mix 1 --model b.zip | --mix has a weight for each --model",
        "--threads 0 | --threads must be 1 to",
        "--line | did you mean --lines?",
        "--nothing | score has no option --nothing",
      })
  void contradictionsAreWrongUsage(String options, String message) {
    List<String> args = new ArrayList<>(List.of("--model", file("a.zip")));
    for (String option : options.split(" ")) {
      args.add(option.equals("b.zip") ? file(option) : option);
    }
    CommandRun run = score("a text", args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aTerminalIsNoText() {
    CommandRun run = score("");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("score needs a text: charnn score FILE, or a text on standard");
  }

  @ParameterizedTest
  @CsvSource({
    "a, 'standard input: the text has fewer than two characters, and the first is not predicted'",
    "!, 'standard input: the text has fewer than two characters'",
    "a!, is it the model for this text?",
  })
  void aTextThatHasNothingToPredictIsRefused(String text, String message) {
    CommandRun run = score(text);
    assertThat(run.code()).isEqualTo(ExitCode.FAILED.code());
    assertThat(run.err()).contains(message);
  }

  @Test
  void filesAndOptionsStandInAnyOrder() {
    CommandRun run =
        CommandRun.of(
            folder,
            "score",
            "--model=" + file("a.zip"),
            file("tale.txt"),
            "--lines",
            file("tale.txt"),
            "--json");
    assertThat(json(run).getAsJsonArray("texts")).hasSize(2);
  }

  @Test
  void aFileIsNamedInItsErrors() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    assertThat(score("", empty.toString()).err())
        .contains(empty + ": the text has fewer than two characters");
    assertThat(score("", file("none.txt")).err()).contains("cannot find " + file("none.txt"));
    assertThat(score("", "some words").err()).contains("echo 'some words' | charnn score");
    assertThat(score("", folder.toString()).err()).contains("is a folder");
  }
}
