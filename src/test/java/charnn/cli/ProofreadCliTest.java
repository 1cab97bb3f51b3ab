package charnn.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.data.Direction;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found is tested elsewhere; here a small pair is trained on one sentence. */
class ProofreadCliTest {
  private static final String SENTENCE = "the quick brown fox jumps over é a lazy dog.\n";

  @TempDir private static Path folder;
  private static Path book;

  @BeforeAll
  static void train() throws IOException {
    book = Files.writeString(folder.resolve("book.txt"), SENTENCE.repeat(40));
    CommandRun run =
        CommandRun.of(
            folder,
            ("train --engine scalar --hidden 24 --layers 1 --batch-size 4 --seq-length 24 --dropout 0"
                    + " --weight-drop 0 --steps 500 --validation 0.2 --direction both --name pair --corpus "
                    + book)
                .split(" "));
    assertThat(run.code()).as(run.err()).isZero();
    Model model = Models.random(SENTENCE, 5, 1);
    ModelFile.write(folder.resolve("forward.zip"), model, null);
    ModelFile.write(folder.resolve("backward.zip"), backward(model), null);
    ModelFile.write(
        folder.resolve("other.zip"), backward(Models.random(SENTENCE + "Q", 5, 1)), null);
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

  private static CommandRun proofread(String in, String... options) {
    List<String> args = new ArrayList<>(List.of("proofread", "--engine", "scalar"));
    args.addAll(List.of(options));
    if (!args.contains("--threshold") && !args.contains("--measure")) {
      args.addAll(List.of("--threshold", "5")); // The pair is not sure of much.
    }
    return CommandRun.withInput(in, folder, args.toArray(String[]::new));
  }

  private static CommandRun done(String in, String... options) {
    CommandRun run = proofread(in, options);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  /** Two sentences around one with an error. */
  private static String text(String third) {
    return SENTENCE.repeat(2) + third + SENTENCE;
  }

  @Test
  void aFindingIsALineWithPlaceContextAndTheLikelierWord() throws IOException {
    Path file =
        Files.writeString(folder.resolve("a.txt"), text(SENTENCE.replace("brown", "brawn")));
    CommandRun run = done("", file.toString());
    assertThat(run.out())
        .matches(
            "\\Q"
                + file
                + ":3:13: the quick br[a]wn fox jumps over é a lazy dog -> brown (\\E[0-9.]+ bits\\)\n");
    assertThat(run.err())
        .contains(
            "reading with pair (step ",
            file + ": 1 probable error of 5 bits or more in 180 characters\n");
    assertThat(done("", file.toString(), "--threshold", "900").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "quick, qick, missing, 3, '', u, q[]ick, quick",
    "brown, brxown, extra, 3, x, '', br[x]own, brown",
    "quick, qiuck, swapped, 2, iu, ui, q[iu]ck, quick",
    "'fox jumps', foxjumps, missing, 4, '', ' ', fox[]jumps, fox jumps",
    "brown, b■own, unknown, 2, ■, r, b[■]own, brown",
  })
  void eachKindHasItsMarks(
      String right,
      String wrong,
      String kind,
      int column,
      String stands,
      String likelier,
      String marked,
      String word) {
    int at = SENTENCE.indexOf(right);
    String text = text(SENTENCE.replace(right, wrong));
    String line = done(text).out();
    assertThat(line).startsWith("standard input:3:").contains(marked, " -> " + word + " (");
    JsonObject json = JsonParser.parseString(done(text, "--json").out()).getAsJsonObject();
    assertThat(json.get("file").getAsString()).isEqualTo("standard input");
    assertThat(json.get("line").getAsInt()).isEqualTo(3);
    assertThat(json.get("column").getAsInt()).isBetween(at + column - 1, at + column);
    assertThat(json.get("kind").getAsString()).isEqualTo(kind);
    assertThat(json.get("text").getAsString()).isEqualTo(stands);
    assertThat(json.get("likelier").getAsString()).isEqualTo(likelier);
    assertThat(json.get("bits").getAsDouble()).isPositive();
    String before = json.get("before").getAsString();
    String after = json.get("after").getAsString();
    assertThat(before + stands + after).contains(wrong);
    assertThat(before + likelier + after).contains(right);
    assertThat(done(text, "--correct").out()).isEqualTo(SENTENCE.repeat(4));
  }

  @Test
  void whatIsNotLikelierIsLeftOut() {
    String text = SENTENCE.repeat(2) + "☃";
    assertThat(done(text).out()).contains("[☃] -> '☃' (U+2603) is unknown to the models\n");
    CommandRun json = done(text, "--json");
    assertThat(JsonParser.parseString(json.out()).getAsJsonObject().keySet())
        .containsExactly(
            "file", "line", "column", "kind", "text", "occurrences", "before", "after");
    assertThat(json.err()).contains("0 probable errors", "; 1 unknown to the models");
    assertThat(done(text, "--correct").out()).isEqualTo(text);
    assertThat(done(text + "☃").out())
        .contains("is unknown to the models (2 times)\n")
        .hasLineCount(1);
    assertThat(done(SENTENCE.replace(" a ", "\u00A0a ")).err())
        .contains("; 1 unknown, read as characters that look alike");
  }

  /** The place is that of the file as it is. */
  @Test
  void placesAreThoseOfTheFile() throws IOException {
    String typed = text(SENTENCE.replace("lazy", "lzzy"));
    assertPlace(typed.getBytes(UTF_8), 3, 37);
    assertPlace(typed.replace("\n", "\r\n").getBytes(UTF_8), 3, 37);
    assertPlace(("\uFEFF" + typed).getBytes(UTF_8), 3, 37);
    assertPlace(("\uFEFF" + typed.replace("\n", "\r\n")).getBytes(UTF_16LE), 3, 37);
    assertPlace(typed.getBytes(ISO_8859_1), 3, 37, "--encoding", "ISO-8859-1");
    assertPlace(typed.replace("é", "e\u0301").getBytes(UTF_8), 3, 38);
  }

  private static void assertPlace(byte[] bytes, int line, int column, String... options)
      throws IOException {
    Path file = Files.write(folder.resolve("placed.txt"), bytes);
    List<String> args = new ArrayList<>(List.of(options));
    args.add(file.toString());
    assertThat(done("", args.toArray(String[]::new)).out())
        .startsWith(file + ":" + line + ":" + column + ": ");
  }

  @Test
  void filesAreReadOneByOne() throws IOException {
    Path right = Files.writeString(folder.resolve("right.txt"), SENTENCE.repeat(3));
    Path wrong =
        Files.writeString(folder.resolve("wrong.txt"), text(SENTENCE.replace("jumps", "jomps")));
    CommandRun run = done("", right.toString(), wrong.toString());
    assertThat(run.out()).startsWith(wrong + ":3:").hasLineCount(1);
    assertThat(run.err()).contains(right + ": 0 probable errors", wrong + ": 1 probable error ");
  }

  @Test
  void aTerminalShowsColours() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(text(SENTENCE.replace("brown", "br\u001Bwn")).getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            false,
            true,
            false,
            80,
            folder);
    assertThat(
            Cli.run(new String[] {"proofread", "--engine", "scalar", "--threshold", "5"}, console))
        .isZero();
    assertThat(out.toString(UTF_8))
        .contains("the quick br\u001B[30;41m␛\u001B[0mwn fox", " -> brown (")
        .doesNotContain("\u001Bw");
  }

  @Test
  void randomErrorsAreMeasured() {
    String[] args = {
      "--measure", "--corpus", book.toString(), "--errors", "60", "--seed", "3", "--json"
    };
    CommandRun run = done("", args);
    JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(report.get("characters").getAsInt()).isEqualTo(360);
    assertThat(report.get("errors").getAsInt()).isEqualTo(6);
    assertThat(report.getAsJsonArray("thresholds")).hasSize(3);
    JsonObject first = report.getAsJsonArray("thresholds").get(0).getAsJsonObject();
    assertThat(first.keySet()).containsExactly("bits", "found", "precision", "recall", "restored");
    assertThat(first.get("recall").getAsDouble()).isGreaterThan(0.5);
    assertThat(done("", args).out()).isEqualTo(run.out());
    args[7] = "--threads=2";
    assertThat(done("", args).out())
        .startsWith("6 errors in 360 characters\n")
        .containsPattern("bits  found  precision +recall  restored\n  12 ")
        .hasLineCount(5);
    assertThat(done("", "--measure", "--corpus", book.toString(), "--threshold", "12.5").out())
        .contains("\n12.5 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | --threshold 0 | --threshold must be 1 to 1000, got 0",
        "2 | --corpus book.txt | --corpus, --errors and --seed need --measure",
        "2 | --seed 3 | --corpus, --errors and --seed need --measure",
        "2 | --measure | --measure needs the text that the models were trained on",
        "2 | --measure --corpus book.txt --errors 1 | --errors must be 2 to",
        "2 | --measure --corpus book.txt --correct | --correct prints a text, and --measure reads",
        "2 | --json --correct | --json and --correct both print; omit one",
        "1 | --measure --corpus book.txt --errors 5000 | there is none; lower --errors",
        "2 | --model forward.zip | forward.zip reads forwards, and has no second model; train a pair with charnn train --direction both",
        "2 | --model forward.zip --backward other.zip | know different characters",
      })
  void whatCannotBeIsRefused(int code, String options, String message) {
    String[] args = options.split(" ");
    for (int i = 0; i < args.length; i++) {
      if (args[i].matches(".*\\.(zip|txt)")) {
        args[i] = folder.resolve(args[i]).toString();
      }
    }
    CommandRun run = proofread("a text", args);
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aTextMustBeThere() throws IOException {
    CommandRun run = proofread("");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.err()).contains("proofread needs a text: charnn proofread FILE");
    assertThat(proofread("", "no words").err()).contains("echo 'no words' | charnn proofread");
    assertThat(proofread("☃☃☃").err())
        .contains("standard input: the models know fewer than two of the text's characters");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    assertThat(proofread("", empty.toString()).code()).isEqualTo(ExitCode.FAILED.code());
  }

  @Test
  void twoFilesAreAPair() {
    CommandRun run =
        done(
            SENTENCE,
            "--model",
            folder.resolve("forward.zip").toString(),
            "--backward",
            folder.resolve("backward.zip").toString());
    assertThat(run.err()).contains("forward.zip (step 17) and ", "backward.zip (step 17)");
  }
}
