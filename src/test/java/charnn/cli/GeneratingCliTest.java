package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** How texts are sampled, where they start and where they end. */
class GeneratingCliTest {
  private static final String TEXT = "The cat sat. \"Oh no!\" she said.\n\nA tab\there.\n";

  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text = Files.writeString(folder.resolve("t.txt"), TEXT.repeat(40));
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

  private static String sample(String... more) {
    CommandRun run = run("sample", more);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @ParameterizedTest
  @CsvSource({
    "--min-p 0.2",
    "--typical-p 0.5",
    "--top-n-sigma 0.5",
    "--dynamic-temperature 0.2:2",
    "--surprise 1",
    "--dry 1",
    "--dry=1",
    "--ban t",
    "--only abc",
    "--temperature 0 --dry 2",
  })
  void samplersChangeTheText(String options) {
    String[] args = (options + " --length 300").split(" ");
    assertThat(sample(args)).isNotEqualTo(sample("--length", "300")).isEqualTo(sample(args));
  }

  @Test
  void bannedCharactersDoNotOccur() {
    assertThat(sample("--length", "500", "--ban", "et ")).doesNotContain("e", "t", " ");
    assertThat(sample("--length", "500", "--raw", "--only", "ab\n")).matches("[ab\n]{500}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--min-p 2 | --min-p must be 0 to 1, got 2",
        "--typical-p 0 | --typical-p must be more than 0 and at most 1, got 0",
        "--top-n-sigma -1 | --top-n-sigma must be more than 0 and at most 1000000, got -1",
        "--dynamic-temperature 0.5 | --dynamic-temperature must be LOW:HIGH, for instance 0.4:1.2, got 0.5",
        "--dynamic-temperature 2:1 | --dynamic-temperature: the low one, 2.0, must not be above the high one, 1.0",
        "--surprise 0 | --surprise must be more than 0 and at most 16, got 0",
        "--dry 0 | --dry must be 1 to 4096, got 0",
        "--only ¿ | --only and --ban leave no character that the model knows",
        "--endless --length 5 | --endless has neither --length nor --count",
        "--keep-stop | --keep-stop belongs to --stop",
        "--stop= | --stop needs a string that is not empty",
        "--escape --prompt=\\q | --escape knows",
        "--escape --prompt=\\u12 | needs four hexadecimal digits",
        "--prompt a --prompt-file t.txt | --prompt and --prompt-file exclude each other",
      })
  void wrongUseIsSaid(String options, String message) {
    CommandRun run = run("sample", options.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aTextEndsAtAStopString() {
    String whole = sample("--length", "300");
    int at = whole.indexOf("e");
    assertThat(sample("--length", "300", "--stop", "e", "--raw")).isEqualTo(whole.substring(0, at));
    assertThat(sample("--length", "300", "--stop", "e", "--keep-stop", "--raw"))
        .isEqualTo(whole.substring(0, at + 1));
    assertThat(sample("--length", "300", "--escape", "--stop", "\\n", "--stop=zzz", "--raw"))
        .isEqualTo(whole.substring(0, whole.indexOf('\n')));
  }

  @ParameterizedTest
  @CsvSource({"line", "sentence", "paragraph"})
  void aTextEndsWithAUnit(String unit) {
    String whole = sample("--length", "400");
    String text = sample("--length", "400", "--until", unit, "--raw");
    assertThat(whole).startsWith(text);
    assertThat(text).hasSizeLessThan(200);
  }

  @Test
  void escapesAreReadInThePromptIfAsked() {
    String plain = run("continue", "--length=9", "--escape", "A tab\\there\\u002e\\n").out();
    assertThat(plain).startsWith("A tab\there.\n");
    assertThat(run("continue", "--length=9", "A tab\\there").out()).startsWith("A tab\\there");
  }

  @Test
  void escapesAreReadInSetsOfCharacters() {
    assertThat(sample("--length", "300", "--raw", "--escape", "--ban", "\\n"))
        .isEqualTo(sample("--length", "300", "--raw", "--ban", "\n"));
    assertThat(sample("--length", "300", "--raw", "--escape", "--only", "\\u0061b\\n"))
        .matches("[ab\n]{300}");
  }

  @Test
  void aDecimalCommaIsHintedAt() {
    assertThat(run("sample", "--length=5", "--temperature=0,5").err())
        .contains("--temperature 0,5 is two temperatures, 0 and 5; for a single one, write 0.5");
    for (String temperatures : List.of("0.5", "0.5,1", "0,0.5", "0,1,2", "2,5")) {
      assertThat(run("sample", "--length=5", "--temperature", temperatures).err())
          .doesNotContain("two temperatures");
    }
  }

  @Test
  void aPromptComesFromAFileInItsEncoding() throws IOException {
    Path file =
        Files.write(folder.resolve("prompt.txt"), "The cat\n".getBytes(StandardCharsets.UTF_16));
    String text = run("continue", "--length=9", "--prompt-file", file.toString()).out();
    assertThat(text).isEqualTo(run("continue", "--length=9", "The cat").out());
    assertThat(sample("--length=9", "--prompt-file", file.toString()))
        .isEqualTo(sample("--length=9", "--prompt", "The cat"));
    CommandRun both = run("continue", "--prompt-file", file.toString(), "The cat");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("a text or --prompt-file, not both");
  }

  @Test
  void aTextStartsAnywhereIfAsked() {
    String text = sample("--length", "100", "--start", "random");
    assertThat(text).isNotEqualTo(sample("--length", "100"));
  }
}
