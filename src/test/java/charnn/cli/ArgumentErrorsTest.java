package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.OptionNames;
import charnn.util.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is said of arguments that cannot be understood. */
class ArgumentErrorsTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("models/tales"));
    Files.writeString(folder.resolve("t.txt"), "Once upon a time.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // What was probably meant by a bare argument.
        "train t.txt | train takes no argument 't.txt'; did you mean: charnn train --corpus t.txt?",
        "train t.txt u.txt --steps 3 | did you mean: charnn train --corpus t.txt u.txt?",
        "train t.txt --stepps 3 | did you mean: charnn train --corpus t.txt?",
        "plan t.txt | did you mean: charnn plan --corpus t.txt?",
        "sample The~king | did you mean: charnn sample --prompt 'The king', or, to see it printed: charnn continue 'The king'?",
        "sample it's | --prompt 'it'\\''s'",
        "sample tales | did you mean: charnn sample --model tales?",
        "sample x.zip | did you mean: charnn sample --model x.zip?",
        "eval t.txt | eval takes no argument 't.txt'; did you mean: charnn eval --corpus t.txt?",
        "eval --corpus t.txt --json u.txt | did you mean: charnn eval --corpus u.txt?",
        "eval --json | eval needs --corpus FILE",
        "novelty t.txt | novelty needs --corpus FILE",
        "info tales | did you mean: charnn info --model tales?",
        "info FOLDER/t.txt | info takes no argument 'FOLDER/t.txt', which is a text, no model; did you mean: charnn plan --corpus FOLDER/t.txt, or charnn train --corpus FOLDER/t.txt?",
        "info other | did you mean: charnn info --model other?",
        "bench 64 | bench takes no argument '64'",
        "write a.txt b.txt | write takes one FILE; 'b.txt' is one too many",
        "continue two words | 'words' is one argument too many: a text stands in quotes",
        // Commands and options that there are not.
        "smaple | there is no command 'smaple'; did you mean sample?",
        "FOLDER/t.txt | did you mean: charnn train --corpus FOLDER/t.txt?",
        "quux | there is no command 'quux'",
        "help smaple | there is no command 'smaple'; did you mean sample?",
        "--temperature 1 | charnn has no option --temperature; after the command, --temperature is one of sample, continue",
        "train --modell x | train has no option --modell; --model is one of sample, continue, fill, write, serve, eval, score, proofread, info",
        "train --temprature=1 | train has no option --temprature; --temperature is one of sample, continue",
        "sample --temprature=1 | sample has no option --temprature; did you mean --temperature?",
        "sample --xyzzy | sample has no option --xyzzy",
        "sample -t 1 | sample has no option -t; did you mean --temperature 1?",
        "sample -n 3 | sample has no option -n; did you mean --count 3?",
        "continue -n 3 | continue has no option -n; did you mean --count 3?",
        "train -n tale | train has no option -n; did you mean --name tale?",
        "train -t --steps 5 | train has no option -t; did you mean --time?",
        "sample -n2 | sample has no option -n2; did you mean --count 2?",
        "continue -t0.5 x | continue has no option -t0.5; did you mean --temperature 0.5?",
        "sample -t.5 | did you mean --temperature .5?",
        "sample -k=40 --json | sample has no option -k; did you mean --top-k 40?",
        "train -name tale | train has no option -name; did you mean --name?",
        "sample -xyz | sample has no option -xyz",
        "continue -p The~king | continue has no option -p; did you mean charnn continue 'The king'?",
        "continue --raw -p | continue has no option -p; did you mean charnn continue TEXT?",
        "sample -o t.txt | sample has no option -o; did you mean charnn sample >t.txt?",
        "continue -o t.txt | continue has no option -o; did you mean charnn continue >t.txt?",
        "sample -x 1 | sample has no option -x",
        "continue -- x --length 20 | '--length' is an option, but after --",
        // Values that are missing, and those that begin as options do.
        "sample --prompt | --prompt needs a value: --prompt TEXT, or --prompt=TEXT if it begins with -",
        "sample --prompt -- | --prompt needs a value: --prompt TEXT, or --prompt=TEXT",
        "train --corpus -- | --corpus needs a value: --corpus FILE",
        "sample --prompt --length 5 | --prompt needs a value: --prompt TEXT, or --prompt=TEXT",
        "sample --prompt --lenght 5 | '--lenght' is no option; did you mean --length?",
        "sample --prompt --king | '--king' is no option",
        "train --name --resume | --name needs a value",
        "train --corpus | --corpus needs a value: --corpus FILE",
        "train --corpus --stepps 3 | '--stepps' is neither an option nor a file; did you mean --steps?",
        "sample --length --count 2 | --length needs a value",
        "train --models-dir --nmae x | '--nmae' is no option; did you mean --name?",
        "sample --model= | --model needs a run's name or a model file, got ''",
        "train --models-dir= | --models-dir: the name of a file or folder is missing",
        "train --corpus= | --corpus: the name of a file or folder is missing",
        "train --models-dir=--x | --models-dir: '--x' is neither an option nor a file",
        // Options that are given twice, exclude each other or take no value.
        "sample --seed 1 --seed 2 | --seed is given twice; give it once",
        "sample --seed=1 --seed=1 | --seed is given twice",
        "info --json --json | --json is given twice",
        "train --time 1m --steps 5 | --time and --steps exclude each other; give one of them",
        "train --steps=5 --epochs 2 --time=1s | exclude each other; give one of them",
        "train --steps 5 --steps 6 | --steps is given twice",
        "info --json=yes | --json takes no value, got 'yes'",
        "train --locked-dropout=maybe | --locked-dropout takes no value",
        // Values out of the range of their type, or of no such type.
        "sample --seed 9223372036854775808 | --seed must be a whole number, -9223372036854775808 to 9223372036854775807, got '9223372036854775808'",
        "sample --seed one | --seed must be a whole number",
        "sample --count 2147483648 | --count must be a whole number, 1 to 2147483647, got '2147483648'",
        "eval --corpus t.txt --count 2147483648 | --count must be a whole number, 1 to 1000000, got '2147483648'",
        "sample --temperature Infinity | --temperature must be 0 to 1e9, got Infinity",
        "sample --temperature NaN | --temperature must be 0 to 1e9, got NaN",
        "sample --temperature 1e400 | --temperature must be 0 to 1e9, got Infinity",
        "sample --temperature=-1 | --temperature must be 0 to 1e9, got -1",
        "sample --temperature 0;8 | --temperature must be a number, 0 to 1e9, got '0;8'",
        "sample --length -5 | --length must be 0 or more, got -5",
        "sample --length 1e3 | --length must be a whole number, 0 to 9223372036854775807, got '1e3'",
        "sample --top-k 2147483648 | --top-k must be a whole number, 0 to 2147483647",
        "train --steps 1e30 | --steps must be a whole number, 1 to 1e12, got '1e30'",
        "train --steps 0 | --steps must be 1 to 1e12, got 0",
        "train --epochs NaN | --epochs must be more than 0 and at most 1e9, got NaN",
        "train --hidden 2147483648 | --hidden must be a whole number, 1 to 16384, got '2147483648'",
        "train --time 5 | --time must be a number with its unit s, m, h or d",
        "train --time 0s | --time must be 1s to 366d, got 0s",
        "train --checkpoint-every soon | --checkpoint-every must be a number with its unit",
        "bench --vocabulary 1 | --vocabulary must be 2 to 65536, got 1",
        "sample --engine abacus | --engine must be simd, scalar or dl4j, got 'abacus'",
        "train --windows randon | --windows must be stream or random, got 'randon'; did you mean random?",
        "train --preset vast | --preset must be tiny, small, medium or large, got 'vast'",
        "train --encoding klingon | --encoding: 'klingon' is no known encoding",
      })
  void aMistakeIsSaidInCharnnsOwnWords(String command, String message) {
    String[] args = command.replace("FOLDER", folder.toString()).split(" ");
    for (int i = 0; i < args.length; i++) {
      args[i] = args[i].replace('~', ' ').replaceFirst("^(?=[tu]\\.txt$)", "");
    }
    CommandRun run = CommandRun.of(folder, args);
    assertThat(run.err()).contains(message.replace("FOLDER", folder.toString()));
    assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err())
        .doesNotContain(
            "Unmatched argument", "Unknown option", "Invalid value", "Missing required", "Expected")
        .contains("See: charnn");
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingIsCalledLikeAnOptionThatThereIs(Setting setting) {
    assertThat(options().stream().flatMap(o -> Set.of(o.names()).stream()))
        .as("%s", setting)
        .contains(OptionNames.of(setting).replace("--no-", "--"));
  }

  @Test
  void everyTextIsTakenFromBehindAnEqualsSign() {
    assertThat(
            options().stream()
                .filter(option -> option.type() == String.class || option.type() == Path.class)
                .filter(option -> !(option.preprocessor() instanceof AttachedValue))
                .map(OptionSpec::longestName))
        .isEmpty();
  }

  private static Set<OptionSpec> options() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Console console = Console.ofProcess(System.in, nowhere, nowhere);
    return Cli.commands(console).entrySet().stream()
        .map(entry -> new CommandLine(entry.getValue().get()))
        .flatMap(command -> command.getCommandSpec().options().stream())
        .collect(Collectors.toSet());
  }
}
