package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.options.AttachedValue;
import charnn.cli.options.OptionalNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What belongs to an option of `sample` and `continue`, and what it does not go with. */
class GeneratingOptionsCliTest {
  private static final String TEXT = "The café sat. \"Oh no!\" she said.\n\nA tab\there.\n";

  @TempDir private static Path folder;
  private static Path text;

  @BeforeAll
  static void trainOnce() throws IOException {
    text = Files.writeString(folder.resolve("t.txt"), TEXT.repeat(40));
    CommandRun run =
        CommandRun.of(
            folder, "train", "--corpus", text.toString(), "--hidden", "16", "--steps", "30");
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static CommandRun run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--seed", "1"));
    args.addAll(List.of(more));
    return CommandRun.of(folder, args.toArray(new String[0]));
  }

  private static String out(String command, String... more) {
    CommandRun run = run(command, more);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void theLengthOfRepetitionsIsAWholeNumberOrNothing() {
    String prompt = "The café sat. The café sat. The";
    String of20 = out("continue", "--length=200", "--dry=20", prompt);
    String of3 = out("continue", "--length=200", "--dry=3", prompt);
    assertThat(of3).isNotEqualTo(of20).startsWith(prompt);
    assertThat(out("continue", "--length=200", "--dry", prompt)).isEqualTo(of20);
    assertThat(out("continue", "--length=200", prompt, "--dry")).isEqualTo(of20);
    assertThat(out("continue", "--length=200", "--dry", "--", prompt)).isEqualTo(of20);
    assertThat(out("continue", "--dry", "--length=200", prompt)).isEqualTo(of20);
    assertThat(out("continue", "--length=200", "--dry", "3", prompt)).isEqualTo(of3);
    CommandRun option = run("sample", "--dry=--raw");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err()).contains("--dry must be a whole number", "got '--raw'");
    for (String wrong : List.of("abc", "0.5", "1,5")) {
      assertThat(run("sample", "--dry", wrong).err())
          .startsWith("charnn: --dry must be a whole number, 1 to 4096, got '" + wrong + "'\n");
    }
    assertThat(run("sample", "--dry", "-5").err())
        .startsWith("charnn: --dry must be 1 to 4096, got -5\n");
    assertThat(run("continue", "--dry", "0.5", prompt).err())
        .startsWith("charnn: --dry must be a whole number, 1 to 4096, got '0.5'\n");
    assertThat(run("sample", "--dry", "--rwa").err()).contains("did you mean --raw?");
    assertThat(run("sample", "--dry", "--dry").err()).contains("--dry is given twice");
  }

  @Test
  void anAttachedValueLeavesTheNextOptionsAlone() {
    String raw = out("sample", "--length=50", "--raw", "--dry", "--prompt=The");
    assertThat(raw).hasSize(50);
    assertThat(out("sample", "--length=50", "--prompt=The", "--dry", "--raw")).isEqualTo(raw);
    CommandRun eval =
        CommandRun.of(folder, "eval", "--encoding=UTF-8", "--corpus", text.toString(), "--json");
    assertThat(eval.code()).as(eval.err()).isZero();
    CommandRun attached = CommandRun.of(folder, "eval", "--corpus=" + text, "--json");
    assertThat(attached.code()).as(attached.err()).isZero();
    assertThat(attached.out()).isEqualTo(eval.out());
  }

  /** The others take the next option for their value, and refuse it. */
  @Test
  void everyOptionOfAnyNumberOfValuesSaysWhatTheyMayBe() {
    Cli.commands(null)
        .forEach(
            (name, command) ->
                assertThat(new CommandLine(command.get()).getCommandSpec().options())
                    .as(name)
                    .filteredOn(option -> option.arity().min() != option.arity().max())
                    .allMatch(
                        option ->
                            option.preprocessor() instanceof AttachedValue
                                || option.preprocessor() instanceof OptionalNumber));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sample --temperature 0.5 --dynamic-temperature 0.2:1 | --temperature and --dynamic-temperature exclude each other",
        "sample --temperature 0 --typical-p 0.5 | --typical-p needs a temperature above 0",
        "sample --temperature 0 --surprise 2 | --surprise needs a temperature above 0",
        "sample --temperature 0 --top-k 3 | --top-k needs a temperature above 0",
        "sample --temperature 0 --top-p 0.5 | --top-p needs a temperature above 0",
        "sample --temperature 0 --min-p 0.1 | --min-p needs a temperature above 0",
        "sample --temperature 0,1 --top-n-sigma 1 | --top-n-sigma needs a temperature above 0",
        "sample --prompt The --start random | --start is where a text without a prompt starts",
        "sample --prompt-file t.txt --start random | --start is where",
        "continue The --start paragraph | --start is where",
        "sample --encoding UTF-8 | --encoding and --bad-bytes are for a prompt that is read",
        "sample --prompt The --bad-bytes skip | --encoding and --bad-bytes are for",
        "continue The --encoding UTF-8 | --encoding and --bad-bytes are for",
        "sample --escape | --escape is for a prompt on the command line, --stop, --ban-phrase, --ban and --only",
        "sample --escape --prompt-file t.txt | --escape is for",
      })
  void whatWouldBeIgnoredIsRefused(String line, String message) {
    CommandRun run = CommandRun.of(folder, line.split(" "));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whatHasAnEffectIsNot() {
    for (String options :
        List.of(
            "--start random --length 5",
            "--prompt= --start random --length 5",
            "--dynamic-temperature 0.2:1 --length 5",
            "--temperature 0 --top-k 0 --top-p 1 --length 5",
            "--escape --ban \\n --length 5",
            "--escape --stop \\n --length 5",
            "--encoding UTF-8 --prompt-file " + text + " --length 5")) {
      CommandRun run = run("sample", options.split(" "));
      assertThat(run.code()).as(run.err()).isZero();
    }
  }

  @Test
  void aStopStringIsSpelledAsTheModelsText() {
    String whole = out("sample", "--length=400", "--raw", "--only=aéf ");
    String apart = Normalizer.normalize("é", Normalizer.Form.NFD);
    CommandRun run = run("sample", "--length=400", "--raw", "--only=aéf ", "--stop", apart);
    assertThat(run.out()).isEqualTo(whole.substring(0, whole.indexOf('é')));
    assertThat(run.err()).doesNotContain("stop string");
    assertThat(out("sample", "--length=400", "--raw", "--only=a" + apart + "f ")).isEqualTo(whole);
  }

  @Test
  void aStopStringThatTheModelCannotGenerateIsSaid() {
    assertThat(run("sample", "--length=5", "--stop=ab水火", "--stop=a").err())
        .containsOnlyOnce("ends at the stop string")
        .contains("no text ends at the stop string 'ab水火': the model does not know '水' (U+6C34)");
  }

  @Test
  void aUnitThatThePromptBeganEndsInTheText() {
    for (String[] prompt :
        new String[][] {{"continue", "The café"}, {"sample", "--prompt=The café"}}) {
      String all = out(prompt[0], prompt[1], "--length=400", "--raw");
      String line = out(prompt[0], prompt[1], "--length=400", "--raw", "--until=line");
      assertThat(line).isEqualTo(all.substring(0, all.indexOf('\n')));
    }
  }

  @Test
  void aPromptFileIsReadAsOtherTexts() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    Path picture = folder.resolve("picture.png");
    Files.write(picture, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0});
    assertThat(run("continue", "--prompt-file", folder.toString()).err()).contains("is a folder");
    assertThat(run("continue", "--prompt-file", "missing.txt").err())
        .contains("cannot find missing.txt; check the path");
    assertThat(run("continue", "--prompt-file", picture.toString()).err())
        .contains("charnn reads plain text");
    assertThat(run("sample", "--length=5", "--prompt-file", empty.toString()).err())
        .contains("the prompt is empty");
    Path page = folder.resolve("page.html");
    Files.write(page, "<!DOCTYPE html>\n<p>The".getBytes(StandardCharsets.UTF_8));
    assertThat(run("sample", "--length=5", "--prompt-file", page.toString()).err())
        .contains("is HTML or XML");
  }
}
