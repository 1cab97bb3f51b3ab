package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** A text that is saved and continued is the text that was never stopped. */
class StateCliTest {
  private static final String TEXT = "The cat sat. \"Oh no!\" she said.\n\nA tab\there.\nCrash\n";

  @TempDir private static Path folder;
  private static Path state;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text = Files.writeString(folder.resolve("t.txt"), TEXT.repeat(40));
    state = folder.resolve("state");
    for (String cell : List.of("gru", "mlstm", "phased-lstm", "lstm", "rnn")) {
      CommandRun run =
          CommandRun.of(
              folder,
              ("train --hidden 16 --steps 40 --name "
                      + cell
                      + " --cell "
                      + cell
                      + " --corpus "
                      + text)
                  .split(" "));
      assertThat(run.code()).as(run.err()).isZero();
    }
  }

  private static CommandRun run(String line, String... more) {
    List<String> args = new ArrayList<>(List.of(line.trim().split(" +")));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(new String[0]));
  }

  private static String out(String line, String... more) {
    CommandRun run = run(line, more);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--raw",
        "--model rnn",
        "--model gru",
        "--model mlstm",
        "--model phased-lstm",
        "--model lstm --model rnn --mix 0.3,0.7",
        "--engine scalar",
        "--temperature 0",
        "--temperature 0 --dry=2",
        "--top-k 3",
        "--top-p 0.8",
        "--min-p 0.1",
        "--typical-p 0.7",
        "--top-n-sigma 1",
        "--dynamic-temperature 0.3:1.5",
        "--surprise 1.5",
        "--dry=1 --temperature 1.5",
        "--ban aeiou",
        "--only tehcas --dry=3",
        "--start random",
        "--prompt Crash --surprise 0.5 --dry",
        "--until paragraph --temperature 2 --only abc",
      })
  void aSavedTextIsOneThatNeverStopped(String options) {
    String whole = out("sample --seed 1 --length 300 " + options);
    String first = out("sample --seed 1 --length 140 --save-state " + state + " " + options);
    String again = options.replaceAll("--start \\S+", "").replaceAll("--prompt \\S+", "");
    String second =
        out("sample --load-state " + state + " --length 1 --save-state " + state + " " + again);
    String third = out("sample --load-state " + state + " --length 159 " + again);
    assertThat(first + second + third).isEqualTo(whole);
    assertThat(first).hasSize(140);
  }

  /** What is printed is what is saved, whatever was held back or ended the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--stop e",
        "--stop at --stop he",
        "--stop said --stop sat",
        "--stop=\n",
        "--stop e --keep-stop",
        "--stop e --keep-stop --ban-phrase zzz",
        "--until line",
        "--until sentence",
        "--until paragraph",
        "--until line --stop t",
      })
  void manyShortTextsAreTheLongOne(String options) {
    String[] ends = options.split(" ");
    String whole = out("sample --seed 4 --length 2000 --raw");
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < 15; i++) {
      String begin = i == 0 ? " --seed 4" : " --load-state " + state;
      String part = out("sample --length 100 --save-state " + state + begin, ends);
      assertThat(i > 0 && part.isEmpty()).isFalse(); // The first may begin with its end.
      joined.append(part);
    }
    assertThat(whole).startsWith(joined.toString());
    String rest = out("sample --raw --load-state " + state + " --length 50");
    assertThat(whole).startsWith(joined + rest);
  }

  /** Not even across the ends of the parts, which can no longer be taken back. */
  @Test
  void whatATextIsHeldToHoldsForAllItsParts() {
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String begin = i == 0 ? "--seed 5" : "--load-state " + state;
      joined.append(
          out("sample --raw --length 11 --ban-phrase he --save-state " + state + " " + begin));
    }
    assertThat(joined).hasSize(330);
    assertThat(joined.toString()).doesNotContain("he");
    String whole = out("sample --raw --length 330 --seed 5");
    assertThat(whole).contains("he");
  }

  @Test
  void aCopyThatBeganInThePartBeforeCounts() {
    String plain = "sample --raw --temperature 0.5";
    String rule = plain + " --max-copy 2 --corpus " + folder.resolve("t.txt") + " --length ";
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      String begin = i == 0 ? " --seed 5" : " --load-state " + state;
      joined.append(out(rule + "3 --save-state " + state + begin));
    }
    assertThat(joined).hasSize(150);
    assertThat(copies(joined.toString(), 3)).isZero();
    assertThat(copies(out(plain + " --length 150 --seed 5"), 3)).isPositive();
  }

  /** Returns how many passages of a length are in the training text, too. */
  private static int copies(String text, int length) {
    String book = TEXT.repeat(40).replaceAll("\\s+", " ");
    String plain = text.replaceAll("\\s+", " ");
    int copies = 0;
    for (int i = 0; i + length <= plain.length(); i++) {
      copies += book.contains(plain.substring(i, i + length)) ? 1 : 0;
    }
    return copies;
  }

  /** The expression is of what one command generates, not of the whole text. */
  @Test
  void eachPartMatches() {
    out("sample --seed 5 --match [a-z]{5} --length 20 --save-state " + state);
    for (int i = 0; i < 3; i++) {
      assertThat(
              out(
                  "sample --match [A-Z][a-z]{2} --length 20 --raw --load-state "
                      + state
                      + " --save-state "
                      + state))
          .matches("[A-Z][a-z]{2}");
    }
  }

  /** A text that is held back by a rule is saved behind what was printed of it, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ban-phrase zzz --stop e",
        "--ban-phrase zzz --until line",
        "--ban-phrase zzz --surprise 1",
        "--match [^z]*",
      })
  void whereNothingIsTakenBackConstraintsChangeNoPart(String options) {
    String plain = options.replaceAll("--ban-phrase zzz |--match \\S+", "").trim();
    String text = out(("sample --raw --seed 6 --length 90 " + plain).trim());
    assertThat(out("sample --raw --seed 6 --length 90 --save-state " + state + " " + options))
        .isEqualTo(text);
    String rest = out(("sample --raw --length 60 --load-state " + state + " " + plain).trim());
    assertThat(out("sample --raw --length 60 --load-state " + state + " " + options))
        .isEqualTo(rest);
    out(("sample --raw --seed 6 --length 90 --save-state " + state + " " + plain).trim());
    assertThat(out(("sample --raw --length 60 --load-state " + state + " " + plain).trim()))
        .isEqualTo(rest);
  }

  /** With a rule that begins later, what the text had begun of a unit counts. */
  @Test
  void aUnitIsEndedThatTheSavedTextBegan() {
    String whole = out("sample --seed 4 --length 500 --raw");
    int middle = 100;
    while (whole.charAt(middle - 1) == '\n' || whole.charAt(middle) == '\n') {
      middle++;
    }
    out("sample --seed 4 --raw --length " + middle + " --save-state " + state);
    String rest = out("sample --raw --until line --load-state " + state);
    assertThat(whole.substring(middle)).startsWith(rest + "\n");
    int lineEnd = whole.indexOf('\n', middle);
    out("sample --seed 4 --raw --length " + lineEnd + " --save-state " + state);
    assertThat(out("sample --raw --until line --load-state " + state)).isEmpty();
  }

  /** What is printed of it is saved, and may go on by other rules. */
  @Test
  void aTextThatFailedIsSavedToo() {
    String rules = " --match [thec]{6}b.* --ban-phrase b --length 40";
    out("sample --seed 4 --length 50 --save-state " + state);
    CommandRun failed = run("sample --load-state " + state + " --save-state " + state + rules);
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).matches("[thec]{6}");
    assertThat(failed.err())
        .contains("saved " + state + ", a text of 56 characters")
        .contains("the text ended too soon");
    assertThat(out("sample --raw --length 20 --load-state " + state)).hasSize(20);
  }

  @Test
  void anotherSeedAndOtherOptionsTakeEffect() {
    out("sample --seed 1 --length 50 --save-state " + state);
    String load = "sample --length 80 --load-state " + state;
    assertThat(out(load)).isEqualTo(out(load));
    assertThat(out(load + " --seed 9")).isEqualTo(out(load + " --seed 9")).isNotEqualTo(out(load));
    assertThat(out(load + " --temperature 2")).isNotEqualTo(out(load));
    assertThat(out(load + " --only ab")).matches("[ab]{80}\n");
    assertThat(run(load + " --seed 9").err()).contains("seed 9");
    assertThat(run(load).err())
        .doesNotContain("seed")
        .contains("continuing " + state + ", a text of 50 characters");
  }

  @Test
  void aPromptIsReadBehindTheSavedText() {
    String first = out("continue --seed 1 --length 40 --save-state " + state, "The cat");
    assertThat(first).startsWith("The cat").hasSize(47);
    assertThat(first + out("continue --length 60 --load-state " + state))
        .isEqualTo(out("continue --seed 1 --length 100", "The cat"));
    String whole = out("continue --seed 8 --length 60 --dry=2", first + " A tab");
    assertThat(first + out("continue --seed 8 --length 60 --dry=2 --load-state " + state, " A tab"))
        .isEqualTo(whole);
    assertThat(
            first
                + " A tab"
                + out(
                    "sample --seed 8 --length 60 --dry=2 --load-state " + state, "--prompt= A tab"))
        .isEqualTo(whole);
    CommandRun piped =
        CommandRun.withInput(
            " A tab\n",
            folder,
            "continue",
            "--seed=8",
            "--length=60",
            "--dry=2",
            "--load-state",
            state.toString());
    assertThat(first + piped.out()).isEqualTo(whole);
    CommandRun nothing = run("continue --length 5 --load-state " + state, "");
    assertThat(nothing.err()).doesNotContain("empty").doesNotContain("new text");
  }

  @Test
  void aPromptAloneCanBeSaved() {
    out("continue --length 0 --save-state " + state, "The cat");
    assertThat(out("continue --seed 2 --length 30 --load-state " + state))
        .isEqualTo(out("continue --seed 2 --length 30", "The cat").substring("The cat".length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample --count 2 --save-state new | --save-state is for one text, and --count, --best-of or several temperatures ask for 2",
        "sample --count 2 --load-state t.txt | --load-state is for one text",
        "sample --best-of 3 --load-state t.txt | --load-state is for one text",
        "sample --temperature 0.2,1 --save-state new | --save-state is for one text",
        "sample --json --save-state new | --save-state is for a text that is printed as it comes",
        "continue x --adapt --model lstm --model rnn | --adapt is for one model, and --model names 2",
        "sample --length 0 --save-state new | --save-state has nothing to save of a new text",
        "sample --load-state none --start random | --start is where",
        "continue --adapt --load-state none | --adapt is for a new text, and --load-state continues one",
        "continue x --adapt --save-state new | --save-state with --adapt needs --save",
        "continue x --save new | --save belongs to --adapt",
        "continue x --adapt --save new --save-state ./new | --save and --save-state need two files",
      })
  void wrongUseIsSaid(String line, String message) {
    CommandRun run = run(line);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
    assertThat(Path.of("new")).doesNotExist();
  }

  @Test
  void aStateOfAnotherModelIsRefused() {
    out("sample --model lstm --length 5 --save-state " + state);
    CommandRun run = run("sample --model rnn --load-state " + state);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsPattern(
            "was saved with another model: lstm \\(SHA-256 [0-9a-f]{12}\\.\\.\\.\\), not"
                + " rnn \\([0-9a-f]{12}\\.\\.\\.\\)");
  }

  @Test
  void onlyASavedStateIsReplaced() throws IOException {
    Path other = Files.writeString(folder.resolve("letter.txt"), "Dear Sir,");
    for (String file : List.of(other.toString(), folder.toString())) {
      CommandRun run = run("sample --length 5 --save-state " + file);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains(file, "no saved state, which alone is replaced");
      assertThat(run.out()).isEmpty();
    }
    assertThat(other).hasContent("Dear Sir,");
    CommandRun nowhere = run("sample --length 5 --save-state " + folder.resolve("none/state"));
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("does not exist");
    CommandRun missing = run("sample --load-state " + folder.resolve("missing"));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("missing does not exist");
    assertThat(run("sample --load-state " + other).err()).contains("is no saved state of a text");
  }
}
