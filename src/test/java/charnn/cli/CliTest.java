package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import picocli.CommandLine;

/** Commands run in-process, judged by standard output, standard error and exit code. */
class CliTest {
  private static final String TALE =
      "Once upon a time there was a miller who had a daughter, and the daughter had a goose.\n"
          .repeat(20);

  @TempDir private static Path folder;

  private record Result(int code, String out, String err) {}

  private static Result run(String stdin, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            stdin.isEmpty(),
            false,
            false,
            80,
            folder);
    int code = Cli.run(args, console);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Result train(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("train", "--name", name));
    args.addAll(List.of("--corpus", folder.resolve("tale.txt").toString()));
    args.addAll(List.of("--layers", "2", "--hidden", "16", "--dropout", "0.2"));
    args.addAll(List.of("--no-locked-dropout", "--weight-drop", "0"));
    args.addAll(List.of("--weight-decay", "0", "--lr-input-factor", "1"));
    args.addAll(List.of("--lr-recurrent-factor", "1"));
    args.addAll(List.of("--batch-size", "8", "--seq-length", "16", "--patience", "0"));
    args.addAll(List.of(more));
    return run("", args.toArray(new String[0]));
  }

  @BeforeAll
  static void trainOnce() throws IOException {
    Files.writeString(folder.resolve("tale.txt"), TALE);
    Files.createDirectories(folder.resolve("corpora"));
    Files.writeString(folder.resolve("corpora/tales.txt"), TALE);
    Result trained = train("tale", "--steps", "400", "--learning-rate", "0.03");
    assertThat(trained.err)
        .contains("run 'tale'", "2 LSTM layers of 16 units", "400/400", "validation");
    assertThat(trained.code).isZero();
    assertThat(trained.out.stripTrailing().length()).isBetween(480, 500);
    assertThat(trained.out).endsWith("\n");
  }

  @Test
  void theScalarEnginesLossCurveIsTheRecordedOne() throws IOException {
    train("scalar", "--steps", "400", "--learning-rate", "0.03", "--engine", "scalar");
    assertThat(lossCurve("scalar")).startsWith(Recorded.LOSS_CURVE.toArray(new String[0]));
  }

  @Test
  void theFastEngineFollowsTheRecordedLossCurve() throws IOException {
    List<String> curve = lossCurve("tale");
    for (int i = 0; i < Recorded.LOSS_CURVE.size(); i++) {
      String[] expected = Recorded.LOSS_CURVE.get(i).split(" ");
      String[] actual = curve.get(i).split(" ");
      assertThat(actual[0]).isEqualTo(expected[0]);
      for (int column = 1; column < expected.length; column++) {
        assertThat(Double.parseDouble(actual[column]))
            .as("step %s", actual[0])
            .isCloseTo(Double.parseDouble(expected[column]), within(1e-3));
      }
    }
  }

  /** Returns step, training loss and validation loss of each evaluation. */
  private static List<String> lossCurve(String run) throws IOException {
    return metrics(run).stream()
        .filter(row -> !row[7].isEmpty())
        .map(row -> row[0] + " " + row[4] + " " + row[7])
        .toList();
  }

  private static List<String[]> metrics(String run) throws IOException {
    return Files.readAllLines(folder.resolve("models").resolve(run).resolve("metrics.csv")).stream()
        .skip(1)
        .map(row -> row.split(","))
        .toList();
  }

  @Test
  void metricsHaveAHeading() throws IOException {
    assertThat(Files.readAllLines(folder.resolve("models/tale/metrics.csv")).get(0))
        .startsWith("step,epoch,characters,learning_rate,loss,");
  }

  @Test
  void theGreedySampleIsTheRecordedOne() {
    Result greedy =
        run("", "sample", "--model", "tale", "--temperature", "0", "--length", "100", "--raw");
    assertThat(greedy.out).isEqualTo(Recorded.GREEDY_SAMPLE);
  }

  @Test
  void trainingLeavesTheFilesOfARun() {
    Path run = folder.resolve("models/tale");
    for (String file :
        new String[] {"best.zip", "last.zip", "metrics.csv", "samples.txt", "train.log"}) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0.5,250", "1,0", "2,100"})
  void sampleWritesExactlyAsManyCharacters(String temperature, int length) {
    Result sample =
        run(
            "",
            "sample",
            "--raw",
            "--model",
            "tale",
            "--temperature",
            temperature,
            "--length",
            String.valueOf(length));
    assertThat(sample.code).isZero();
    assertThat(sample.out.codePointCount(0, sample.out.length())).isEqualTo(length);
    assertThat(sample.err).startsWith("charnn: model tale (step ").contains("seed");
  }

  @Test
  void theSameSeedWritesTheSameTextAndAnotherSeedAnother() {
    String[] args = {
      "sample", "--model", "tale", "--length", "80", "--seed", "5", "--temperature", "1.5"
    };
    assertThat(run("", args).out).isEqualTo(run("", args).out);
    args[6] = "6";
    assertThat(run("", args).out)
        .isNotEqualTo(
            run(
                    "",
                    "sample",
                    "--model",
                    "tale",
                    "--length",
                    "80",
                    "--seed",
                    "5",
                    "--temperature",
                    "1.5")
                .out);
  }

  @Test
  void countWritesSeveralTexts() {
    Result two =
        run(
            "",
            "sample",
            "--model",
            "tale",
            "--length",
            "30",
            "--count",
            "2",
            "--seed",
            "1",
            "--prompt",
            "Once");
    assertThat(two.out.stripTrailing().length()).isBetween(30 + 2 + 20, 30 + 2 + 30);
  }

  @Test
  void continuePrintsTheTextFirst() {
    Result argument =
        run("", "continue", "--raw", "--model", "tale", "--length", "40", "Once upon");
    assertThat(argument.code).isZero();
    assertThat(argument.out).startsWith("Once upon").hasSize("Once upon".length() + 40);
  }

  @Test
  void continueReadsAPipeAndDropsItsLastLinesEnd() {
    Result pipe = run("Once upon\n", "continue", "--raw", "--model", "tale", "--length", "40");
    assertThat(pipe.code).isZero();
    assertThat(pipe.out).startsWith("Once upon").hasSize("Once upon".length() + 40);
    assertThat(pipe.out.charAt("Once upon".length())).isEqualTo(' ');
  }

  @Test
  void continueAtATerminalWithoutATextExplainsBothMeanings() {
    Result nothing = run("", "continue");
    assertThat(nothing.code).isEqualTo(2);
    assertThat(nothing.err).contains("charnn continue \"Once upon a time\"", "train --resume");
  }

  @Test
  void anUnknownCharacterOfAPromptIsNamedAndReplaced() {
    Result sample = run("", "continue", "--model", "tale", "--length", "5", "Th\u00E9 \u6C34");
    assertThat(sample.code).isZero();
    assertThat(sample.out).startsWith("Th\u00E9 \u6C34");
    assertThat(sample.err)
        .contains("'\u00E9' (U+00E9) by 'e'", "replaced", "'\u6C34' (U+6C34)", "left out");
  }

  @Test
  void evalScoresATextAsATableAndAsJson() {
    String corpus = folder.resolve("tale.txt").toString();
    Result table = run("", "eval", "--model", "tale", "--corpus", corpus);
    assertThat(table.code).isZero();
    assertThat(table.out).contains("nats per character", "bits per character", "accuracy", "1,719");
    Result json = run("", "eval", "--model", "tale", "--corpus", corpus, "--json");
    assertThat(json.out)
        .contains("\"characters\": 1719", "\"unknown_characters\": 0", "\"nats_per_character\"");
  }

  @Test
  void evalScoresWindowsAndTheValidationPart() {
    String corpus = folder.resolve("tale.txt").toString();
    Result few =
        run(
            "",
            "eval",
            "--model",
            "tale",
            "--corpus",
            corpus,
            "--protocol",
            "windows",
            "--context",
            "20",
            "--count",
            "30",
            "--json");
    assertThat(few.code).as(few.err).isZero();
    assertThat(few.out)
        .contains(
            "\"protocol\": \"windows of 20\"", "\"characters\": 600", "\"standard_error\": 0.");
    Result dynamic =
        run("", "eval", "--model", "tale", "--corpus", corpus, "--protocol", "dynamic", "--json");
    assertThat(dynamic.out)
        .contains("\"protocol\": \"dynamic\"", "\"characters\": " + (TALE.length() - 1));
    Result carried = run("", "eval", "--model", "tale", "--corpus", corpus, "--json");
    assertThat(dynamic.out.replace("dynamic", "carried")).isNotEqualTo(carried.out);
    Result validation =
        run("", "eval", "--model", "tale", "--corpus", corpus, "--held-out", "--json");
    int expected = (int) (TALE.length() * 0.1) - 1;
    assertThat(validation.out).contains("\"protocol\": \"carried\"", "\"characters\": " + expected);
  }

  @Test
  void noveltyTellsWhatIsCopied() {
    String corpus = folder.resolve("tale.txt").toString();
    Result table = run("So " + TALE.substring(0, 60) + "xyz", "novelty", "--corpus", corpus);
    assertThat(table.code).as(table.err).isZero();
    assertThat(table.out)
        .contains(
            "longest shared passage:  Once upon a time", "It is a copy. ", "make up 92.4 % of it");
    Result json = run("xyz", "novelty", "--corpus", corpus, "--json");
    assertThat(json.out).contains("\"copied\": 0");
    Result alone = run("", "novelty", "--corpus", corpus);
    assertThat(alone.code).isEqualTo(2);
    assertThat(alone.err).contains("charnn novelty text.txt --corpus", "standard input");
  }

  @Test
  void planShowsWhatTrainWouldDoAndMakesNothing() throws IOException {
    String corpus = folder.resolve("tale.txt").toString();
    Result table = run("", "plan", "--corpus", corpus, "--time", "1h", "--hidden", "24");
    assertThat(table.code).as(table.err).isZero();
    assertThat(table.out)
        .contains(
            "1 LSTM layer of 24 units", "characters to train on", "dropout", "epochs", "1h00m");
    Result json =
        run("", "plan", "--corpus", corpus, "--preset", "tiny", "--epochs", "2", "--json");
    assertThat(json.out)
        .contains("\"hidden_size\": 128", "\"epochs\": 2.", "\"dropout\": 0.5", "\"parameters\": ");
    // However often it reads its text, a run has no more evaluations than its files can keep.
    Result longest =
        run("", "plan", "--corpus", corpus, "--hidden", "4", "--steps", "100000000", "--json");
    assertThat(longest.out).contains("\"evaluate_every\": 50000,");
    assertThat(folder.resolve("models").resolve("tale-2")).doesNotExist();
  }

  @Test
  void theVerdictIsToldAtTheEndAndByInfo() {
    assertThat(run("", "info", "--model", "tale").out)
        .containsPattern("(still improving|levelled off|overfitting|too early)[^;]*;");
    Result again = train("verdict", "--steps", "100", "--learning-rate", "0.03");
    assertThat(again.err)
        .containsPattern("(still improving|levelled off|overfitting|too early)[^;]*;");
  }

  @Test
  void evalLeavesOutWhatTheModelDoesNotKnow() throws IOException {
    Path other =
        Files.writeString(folder.resolve("other.txt"), "a goose\u00E9 and \u6C34 a miller");
    Result json = run("", "eval", "--model", "tale", "--corpus", other.toString(), "--json");
    assertThat(json.out).contains("\"unknown_characters\": 2");
    assertThat(json.err).contains("left out 2 characters");
  }

  @Test
  void infoShowsShapesAndCounts() {
    Result info = run("", "info", "--model", "tale");
    assertThat(info.code).isZero();
    int v = (int) TALE.codePoints().distinct().count();
    assertThat(info.out)
        .contains(
            "LSTM 1",
            "W " + v + " x 64",
            "R 16 x 64",
            "LSTM 2",
            "W 16 x 64",
            "2,112",
            "softmax",
            "best");
    assertThat(run("", "info", "--model", "tale", "--json").out).contains("\"hidden_size\": 16");
  }

  @Test
  void theTextbookCountsOfParametersAreShown() throws IOException {
    // An LSTM has 4n(d+n+1): 16 -> 32 gives 6,272.
    Path text = Files.writeString(folder.resolve("sixteen.txt"), "abcdefghijklmno\n".repeat(30));
    run(
        "",
        "train",
        "--corpus",
        text.toString(),
        "--name",
        "sixteen",
        "--hidden",
        "32",
        "--layers",
        "1",
        "--steps",
        "1");
    assertThat(run("", "info", "--model", "sixteen").out).contains("6,272");
  }

  @Test
  void aRunThatExistsIsNotOverwritten() {
    Result again = train("tale", "--steps", "5");
    assertThat(again.code).isEqualTo(1);
    assertThat(again.err).contains("run 'tale' exists already", "--resume", "--name");
  }

  @Test
  void aFolderThatCannotBeIsToldBeforeAnythingIsMeasured() {
    Path file = folder.resolve("tale.txt");
    Result result = train("nowhere", "--time", "30s", "--models-dir", file.toString());
    assertThat(result.code).isEqualTo(1);
    assertThat(result.err.lines()).hasSize(1);
    assertThat(result.err)
        .contains(file + " is a file, and the runs need a folder", "--models-dir");
  }

  @Test
  void withoutANameTheRunIsCalledLikeTheTextAndNumbered() {
    for (String expected : new String[] {"numbered", "numbered-2"}) {
      Result trained =
          run("", "train", "--corpus", copyOfTale("numbered.txt"), "--hidden", "4", "--steps", "1");
      assertThat(trained.code).isZero();
      assertThat(folder.resolve("models").resolve(expected).resolve("best.zip")).exists();
    }
  }

  private static String copyOfTale(String name) {
    try {
      return Files.writeString(folder.resolve(name), TALE).toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void resumeOfAFinishedRunSaysSoAndMoreStepsGoOn() {
    train("resumed", "--steps", "4");
    Result finished = run("", "train", "--resume", "--name", "resumed");
    assertThat(finished.code).isZero();
    assertThat(finished.err).contains("run 'resumed' is finished (4 steps)");
    Result more = run("", "train", "--resume", "--name", "resumed", "--steps", "6");
    assertThat(more.code).isZero();
    assertThat(more.err).contains("resuming at step 4", "6/6");
  }

  @Test
  void resumeWithOtherSettingsNamesThem() {
    train("settled", "--steps", "2");
    Result other =
        run("", "train", "--resume", "--name", "settled", "--hidden", "32", "--dropout", "0.5");
    assertThat(other.code).isEqualTo(2);
    assertThat(other.err)
        .contains(
            "has --hidden 16, --dropout 0.2; it cannot be resumed with --hidden 32, --dropout 0.5");
  }

  @Test
  void anEmojiSurvives() throws IOException {
    Path text =
        Files.writeString(
            folder.resolve("emoji.txt"), "one \uD83D\uDE00 two \uD83E\uDD8A. ".repeat(60));
    Result trained =
        run(
            "",
            "train",
            "--corpus",
            text.toString(),
            "--name",
            "emoji",
            "--hidden",
            "24",
            "--layers",
            "1",
            "--steps",
            "150");
    assertThat(trained.code).isZero();
    assertThat(trained.out).contains("\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "plan"})
  void ofATextOfALineOnlyThatItIsTooShortIsSaid(String command) throws IOException {
    Path text = Files.writeString(folder.resolve("nineteen.txt"), "nineteen characters");
    Result refused = run("", command, "--corpus", text.toString());
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err)
        .isEqualToNormalizingNewlines(
            "charnn: the text is too short to train on: it has 19 characters, and 50 is the least; add text\n");
  }

  @Test
  void withoutACorpusTheBundledTalesAreLearned() {
    Result trained = run("", "train", "--hidden", "4", "--steps", "1", "--quiet");
    assertThat(trained.code).isZero();
    assertThat(trained.err)
        .isEqualToNormalizingNewlines(
            "charnn: 1,548 characters to train on are too few: the model will overfit (memorize them); take a text of 19,200 or more\n");
    assertThat(folder.resolve("models/tales/best.zip")).exists();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample --temperature -1 | 2 | --temperature must be 0 to 1e9, got -1",
        "sample --temperature hot | 2 | hot",
        "sample --length -5 | 2 | --length must be 0 or more, got -5",
        "sample --count 0 | 2 | --count must be 1 or more, got 0",
        "sample --top-p 0 | 2 | --top-p must be more than 0",
        "sample --top-k -1 | 2 | --top-k must be 0 or more, got -1",
        "sample --engine abacus | 2 | --engine",
        "sample --model nobody | 1 | there is no model 'nobody'",
        "eval --corpus TALE --model tale --engine dl4j --protocol dynamic | 2 | omit --engine dl4j",
        "sample --no-such-option | 2 | --no-such-option",
        "train --corpus TALE --layers 0 | 2 | --layers must be 1 to 16, got 0",
        "train --corpus TALE --hidden 0 | 2 | --hidden must be 1 to",
        "train --corpus TALE --batch-size 0 | 2 | --batch-size must be 1 to",
        "train --corpus TALE --seq-length 0 | 2 | --seq-length must be 1 to",
        "train --corpus TALE --dropout 1 | 2 | --dropout must be 0 or more and below 1, got 1",
        "train --corpus TALE --learning-rate 0 | 2 | --learning-rate must be more than 0",
        "train --corpus TALE --weight-drop 1 | 2 | --weight-drop must be 0 or more and below 1, got 1",
        "train --corpus TALE --lr-decay-factor 0.5 | 2 | --lr-decay-factor needs --lr-decay-every",
        "train --corpus TALE --lr-decay-every -1 | 2 | --lr-decay-every must be 0 or more",
        "train --corpus TALE --weight-decay 2 | 2 | --weight-decay must be 0 to 1, got 2",
        "train --corpus TALE --lr-input-factor 0 | 2 | --lr-input-factor must be more than 0",
        "train --corpus TALE --patience -1 | 2 | --patience must be 0 or more, got -1",
        "train --corpus TALE --report-every -1 | 2 | --report-every must be 0 or more, got -1",
        "train --corpus TALE --preset vast | 2 | --preset",
        "train --corpus TALE --validation 5 | 2 | --validation must be 0 to 0.5, got 5",
        "train --corpus TALE --validation -0.5 | 2 | --validation must be 0 to 0.5, got -0.5",
        "train --resume --name tale --weight-decay 0.5 --lr-input-factor 3 --steps 500 | 2 | the run has --weight-decay 0, --lr-input-factor 1; it cannot be resumed with --weight-decay 0.5, --lr-input-factor 3",
        "train --resume --name tale --preset large --steps 500 | 2 | the run has --layers 2, --hidden 16; it cannot be resumed with --layers 1, --hidden 1024",
        "eval --model tale --corpus TALE --context 20 | 2 | need --protocol windows",
        "eval --model tale --corpus TALE --protocol windows --count 0 | 2 | --count must be 1 to",
        "eval --model tale --corpus TALE --protocol windows --context 0 | 2 | --context must be 1 or more",
        "eval --model tale --corpus TALE --protocol windows --context 99999 | 2 | the text is too short",
        "train --corpus TALE --validation 0.9 | 2 | --validation must be 0 to 0.5, got 0.9",
        "train --corpus TALE --steps 0 | 2 | --steps must be 1 to 1e12, got 0",
        "train --corpus TALE --epochs 0 | 2 | --epochs must be more than 0",
        "train --corpus TALE --time soon | 2 | --time must be a number with its unit s, m, h or d, such as 30s, 10m, 1h30m or 8h; got 'soon'",
        "train --corpus TALE --checkpoint-every 5 | 2 | --checkpoint-every must be a number with its unit",
        "train --corpus TALE --checkpoint-every 200000d | 2 | --checkpoint-every must be 0s to 366d, got 200000d",
        "bench --hidden 4096 --batch-size 1024 --seq-length 128 | 2 | --batch-size 1024 x --seq-length 128 is too much for --hidden 4096",
        "train --corpus TALE --time 1m --steps 5 | 2 | --time and --steps exclude each other",
        "train --corpus TALE --name ../up --steps 1 | 2 | --name must begin with",
        "train --corpus TALE --threads 0 | 2 | --threads must be 1 to",
        "train --corpus TALE --engine dl4j --steps 1 | 2 | --windows random",
        "train --corpus TALE --encoding klingon | 2 | 'klingon' is no known encoding",
        "train --corpus missing.txt | 1 | cannot find missing.txt",
        "train --corpus TALE --stepps 3 | 2 | train has no option --stepps; did you mean --steps?",
        "train --corpus --stepps 3 | 2 | '--stepps' is neither an option nor a file; did you mean --steps?",
        "eval --corpus TALE -x | 2 | eval has no option -x",
        "train --corpus TALE --name bundled | 2 | --name must not be 'bundled'",
        "train --corpus EMPTY | 1 | is empty",
        "train --corpus BINARY | 1 | looks like a binary file (a zero byte at offset 4)",
        "train --corpus SHORT | 1 | the text is too short",
        "train --corpus FOLDER | 1 | there is no text in",
        "train --corpus LATIN | 1 | byte 0xFF at offset 3",
        "train --resume --name nobody | 1 | there is no run 'nobody'",
        "eval --model tale --corpus missing.txt | 1 | cannot find missing.txt",
        "eval --model tale | 2 | --corpus",
        "info --model tale.txt | 1 | there is no model 'tale.txt'",
        "dance | 2 | dance",
      })
  void mistakesGetOneOrTwoClearLinesAndTheRightExitCode(String command, int code, String message)
      throws IOException {
    Files.write(folder.resolve("EMPTY"), new byte[0]);
    Files.write(folder.resolve("BINARY"), new byte[] {'a', 'b', 'c', 'd', 0, 1, 2});
    Files.write(folder.resolve("SHORT"), "short".getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("LATIN"), new byte[] {'a', 'b', 'c', (byte) 0xFF, 'd'});
    Files.createDirectories(folder.resolve("FOLDER"));
    String[] args = command.replace("TALE", folder.resolve("tale.txt").toString()).split(" ");
    for (int i = 0; i < args.length; i++) {
      if (args[i].matches("[A-Z]{5,}")) {
        args[i] = folder.resolve(args[i]).toString();
      }
    }
    Result result = run("", args);
    assertThat(result.err).contains(message);
    assertThat(result.code).isEqualTo(code);
    assertThat(result.out).isEmpty();
    assertThat(result.err.lines().count()).isBetween(1L, 3L);
    assertThat(result.err).doesNotContain("\tat ", "Exception");
    if (code == ExitCode.USAGE.code()) {
      assertThat(result.err).doesNotContain("measuring");
    }
  }

  @Test
  void metricsHaveARowEverySoManySteps() throws IOException {
    train("rows", "--steps", "100", "--report-every", "30"); // and evaluated every 12
    assertThat(metrics("rows"))
        .extracting(row -> row[0] + (row[7].isEmpty() ? "" : "*"))
        .startsWith("12*", "24*", "30", "36*", "48*", "60*")
        .endsWith("84*", "90", "96*", "100*");
    run("", "train", "--resume", "--name", "rows", "--steps", "104");
    assertThat(metrics("rows")).extracting(row -> row[0]).endsWith("100", "104"); // 30, as before
    run("", "train", "--resume", "--name", "rows", "--steps", "106", "--report-every", "1");
    assertThat(metrics("rows")).extracting(row -> row[0]).endsWith("104", "105", "106");
  }

  @Test
  void aMisspeltWordIsGuessed() {
    assertThat(run("", "smple").err).contains("there is no command 'smple'; did you mean sample?");
    assertThat(run("", "sample", "--temprature=1").err).contains("did you mean --temperature?");
    assertThat(run("", "train", "--weight-decey", "1").err)
        .contains("did you mean --weight-decay?");
    assertThat(run("", "train", "--lr", "1").err).doesNotContain("did you mean");
    assertThat(run("", "trian").err).contains("did you mean train?");
    assertThat(run("", "write").err).doesNotContain("did you mean");
  }

  @Test
  void textsThatLookLikeOptionsOrSeveralAreExplained() {
    for (String[] texts : new String[][] {{"continue", "two", "words"}, {"continue", "-- no, -"}}) {
      assertThat(run("", texts).err).contains("a text stands in quotes, and after --");
    }
    assertThat(run("", "continue", "--", "-x y", "--length", "20").err)
        .contains("options stand before --, a text after it");
    assertThat(run("", "sample", "--temperature", "hot").err)
        .contains("--temperature must be a number, 0 to 1e9, got 'hot'");
    assertThat(run("", "sample", "--length", "1e3").err)
        .contains("--length must be a whole number, 0 to 9223372036854775807, got '1e3'");
  }

  @Test
  void helpOfACommandIsThereInTwoWays() {
    assertThat(run("", "help", "sample").out).isEqualTo(run("", "sample", "--help").out);
    assertThat(run("", "help").out).isEqualTo(run("").out);
  }

  @Test
  void aFolderOfRunsThatIsNotThereIsNoReasonToTakeTheBundledModel() {
    Result sample = run("", "sample", "--models-dir", folder.resolve("none").toString());
    assertThat(sample.code).isEqualTo(1);
    assertThat(sample.err).contains("there is no folder", "none");
  }

  @Test
  void verbosePrintsTheStackTrace() {
    assertThat(run("", "train", "--corpus", "missing.txt", "--verbose").err)
        .contains("\tat charnn.");
  }

  @Test
  void aloneItShowsAUsefulPage() {
    Result alone = run("");
    assertThat(alone.code).isZero();
    assertThat(alone.out)
        .contains(
            "train",
            "plan",
            "sample",
            "continue",
            "eval",
            "info",
            "Examples:",
            "130",
            "interrupted");
    assertThat(run("", "--version").out).startsWith("charnn ");
  }

  @ParameterizedTest
  @CsvSource({"train", "plan", "sample", "continue", "eval", "score", "novelty", "info", "bench"})
  void everyOptionOfACommandHasItsHelp(String command) {
    Result help = run("", command, "--help");
    assertThat(help.code).isZero();
    Console unused =
        Console.ofProcess(
            System.in,
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));
    new CommandLine(Cli.commands(unused).get(command).get())
        .getCommandSpec()
        .options()
        .forEach(
            option -> {
              assertThat(option.description()).as(option.longestName()).hasSize(1);
              assertThat(help.out.replace("[no-]", "")).contains(option.longestName());
            });
  }

  @Test
  void shellCompletionIsGenerated() {
    assertThat(run("", "generate-completion").out).contains("complete -F", "--temperature");
  }
}
