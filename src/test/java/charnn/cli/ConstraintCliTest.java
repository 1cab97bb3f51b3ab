package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What generated texts are held to. */
class ConstraintCliTest {
  private static final String TEXT = "The cat sat. \"Oh no!\" she said.\n\nA tab\there.\n";

  @TempDir private static Path folder;
  private static Path book;

  @BeforeAll
  static void trainOnce() throws IOException {
    book = Files.writeString(folder.resolve("t.txt"), TEXT.repeat(40));
    CommandRun run =
        CommandRun.of(
            folder, "train", "--corpus", book.toString(), "--hidden", "16", "--steps", "60");
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--seed", "1"));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(new String[0]));
  }

  private static String text(String command, String... more) {
    CommandRun run = run(command, more);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void textsMatchAsAWhole() {
    assertThat(text("sample", "--raw", "--match", "The [a-z]{3,5}\\.\\n"))
        .matches("The [a-z]{3,5}\\.\n");
    String verse = text("sample", "--match", "(.{1,12}\\n){4}");
    assertThat(verse).matches("(.{1,12}\n){4}");
    assertThat(text("continue", "--match", "[a-z]{9}", "The ")).matches("The [a-z]{9}\n");
    assertThat(text("sample", "--raw", "--length", "7", "--match", ".*")).hasSize(7);
    assertThat(text("sample", "--raw", "--ban", "a", "--match", "[ab]{5}")).isEqualTo("bbbbb");
    assertThat(text("sample", "--raw", "--match=")).isEmpty();
  }

  @Test
  void phrasesDoNotOccur() {
    String plain = text("sample", "--length", "600", "--temperature", "0.5");
    assertThat(plain).contains("at", "\n");
    String[] args = {
      "sample",
      "--length=600",
      "--temperature=0.5",
      "--ban-phrase=at",
      "--ban-phrase=\\n\\n",
      "--escape"
    };
    String[] more = Arrays.copyOfRange(args, 1, args.length);
    String banned = text(args[0], more);
    assertThat(banned.strip()).doesNotContain("at", "\n\n").hasSizeGreaterThan(500);
    assertThat(text(args[0], more)).isEqualTo(banned);
    assertThat(text("continue", "--length=5", "--ban-phrase=The cat", "The ca"))
        .doesNotStartWith("The cat");
  }

  /** The model's text has ’ “ ”, and what is typed ' and ". */
  @Test
  void rulesAreSpelledAsTheModelsText() throws IOException {
    Path typeset =
        Files.writeString(
            folder.resolve("typeset.txt"), "“The king’s ‘hat’,” he said.\n".repeat(60));
    CommandRun trained =
        CommandRun.of(
            folder,
            ("train --models-dir "
                    + folder.resolve("typeset")
                    + " --hidden 32 --steps 150 --corpus "
                    + typeset)
                .split(" "));
    assertThat(trained.code()).as(trained.err()).isZero();
    String[] plain = {
      "--models-dir=" + folder.resolve("typeset"), "--length=300", "--temperature=0.3"
    };
    assertThat(text("sample", plain)).contains("king’s", "“", "‘");
    CommandRun phrase = run("sample", with(plain, "--ban-phrase=king's"));
    assertThat(phrase.out()).doesNotContain("king’s").hasSizeGreaterThan(100);
    assertThat(phrase.err())
        .contains(
            "unknown to the model, and replaced in --ban-phrase: apostrophe (U+0027) by right single quotation mark (U+2019)\n");
    assertThat(text("sample", with(plain, "--ban-phrase=\""))).doesNotContain("“", "”");
    assertThat(text("sample", with(plain, "--ban='"))).doesNotContain("‘", "’");
    assertThat(text("sample", with(plain, "--raw", "--only=tha'"))).contains("’");
    assertThat(text("sample", with(plain, "--stop=king's"))).endsWith("The \n");
    assertThat(run("sample", with(plain, "--ban-phrase=東", "--only=the東", "--ban=東é")).err())
        .contains(
            "no text has the banned phrase '東': the model does not know '東' (U+6771)",
            "unknown to the model, and without effect in --only: '東' (U+6771)",
            "unknown to the model, and without effect in --ban: '東' (U+6771), 'é' (U+00E9)");
    assertThat(run("sample", with(plain, "--ban-phrase=Xy")).err())
        .contains("no text has the banned phrase 'Xy': the model does not know 'X'");
    CommandRun none = run("sample", with(plain, "--only="));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("--only needs some characters; omit it to use all");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void copiesStayShort() {
    String text =
        text(
            "sample",
            "--length=600",
            "--temperature=0.3",
            "--max-copy=6",
            "--corpus",
            book.toString(),
            book.toString());
    assertNoCopy(text, 6);
    String more =
        text(
            "continue",
            "--raw",
            "--length=300",
            "--max-copy=4",
            "--corpus",
            book.toString(),
            "The cat sat");
    assertThat(more).startsWith("The cat sat");
    assertNoCopy(more.substring("The cat sat".length()), 4);
  }

  private static void assertNoCopy(String text, int most) {
    String folded = text.strip().replaceAll("\\s+", " ");
    String source = TEXT.repeat(40).replaceAll("\\s+", " ");
    assertThat(folded).hasSizeGreaterThan(most);
    assertThat(IntStream.rangeClosed(0, folded.length() - most - 1))
        .noneMatch(i -> source.contains(folded.substring(i, i + most + 1)));
  }

  @Test
  void allAtOnce() {
    String[] args = {
      "sample",
      "--raw",
      "--match=(.{5,30}\\n){2,9}",
      "--ban-phrase=cat",
      "--ban-phrase=e",
      "--max-copy=8",
      "--corpus",
      book.toString(),
      "--dry=3",
      "--ban=x",
      "--temperature=0",
      "--length=120"
    };
    String text = text(args[0], Arrays.copyOfRange(args, 1, args.length));
    assertThat(text).matches("(.{5,30}\n){2,9}").doesNotContain("cat", "e").hasSizeLessThan(121);
    assertNoCopy(text, 8);
  }

  @Test
  void whereNoWayIsLeftTheTextIsPrintedAndTheReasonSaid() {
    CommandRun run = run("sample", "--only=a", "--ban-phrase=aaa", "--prompt=A");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("aa\n");
    assertThat(run.err())
        .contains("the text ended too soon: no way was found to go on and keep to --ban-phrase");
    CommandRun two = run("sample", "--only=a", "--ban-phrase=aaa", "--prompt=A", "--count=3");
    assertThat(two.code()).isEqualTo(1);
    assertThat(two.out()).isEqualTo("aa\n\naa\n\naa\n");
    assertThat(two.err()).contains("text 1 of 3 (and 2 more) ended too soon");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      value = {
        "--ban-phrase= § --ban-phrase needs a text that is not empty",
        "--max-copy=9 § --max-copy needs the text that must not be copied: --corpus FILE",
        "--corpus=t.txt § --corpus belongs to --max-copy, which is missing",
        "--max-copy=0 --corpus=t.txt § --max-copy must be 1 to 100000, got 0",
        "--match=a --stop=b § --match says itself where a text ends",
        "--match=a --until=line § --match says itself where a text ends",
        "--match=(a § --match, character 1: the ( is not closed",
        "--match=aQ § these are missing: 'Q' (U+0051)",
        "--match=a --ban=a § these are missing: 'a' (U+0061)",
        "--match=a{9} --length=8 § --match needs at least 9 characters, but --length is 8",
        "--match=(a{1000}){1000} § --match is too large",
        "--escape § --escape is for a prompt on the command line, --stop, --ban-phrase, --ban and --only",
        "--escape --ban-phrase=\\q § --escape knows",
      })
  void wrongUseIsSaid(String options, String message) {
    CommandRun run = run("sample", options.split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aPhraseDoesNotLieAcrossASavedStatesEnd() {
    String state = folder.resolve("state").toString();
    String first = text("sample", "--raw", "--length=40", "--temperature=0", "--save-state", state);
    String[] more = {"--raw", "--length=40", "--temperature=0", "--load-state", state};
    String next = text("sample", more);
    String phrase = first.substring(36) + next.substring(0, 3);
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--ban-phrase=" + phrase);
    String other = text("sample", args.toArray(new String[0]));
    assertThat(first + next).contains(phrase);
    assertThat(other).hasSize(40).doesNotStartWith(next.substring(0, 3));
  }

  @Test
  void aMissingBookIsSaid() {
    CommandRun run = run("sample", "--max-copy=9", "--corpus=none.txt");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("none.txt");
  }
}
