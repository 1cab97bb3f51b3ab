package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever the options, `sample` and `continue` give text, or say what is wrong. */
class AnyOptionsCliTest {
  private static final int TRIALS = 700;
  private static final String TEXT = "The cat sat. \"Oh no!\" she said.\n\nA tab\there.\n";

  /** They do not end, print no text, or take seconds to start. */
  private static final Set<String> LEFT_OUT =
      Set.of("--endless", "--help", "--version", "--verbose", "--models-dir");

  private static final String[] NUMBERS = {
    "0", "1", "2", "3", "-1", "0.5", "0.9", "1.5", "1e-6", "1e6", "20", "NaN", "Infinity", "x", ""
  };
  private static final String[] STRINGS = {
    "e",
    "the",
    "The cat ",
    "\n",
    " ",
    "",
    "--",
    "-x",
    "\\n",
    "\\q",
    "[",
    "(a",
    "[A-Za-z ,.\n]*",
    "水",
    "𝄞e\u0301",
    "0.5:1",
    "2:1",
    "0.5,1",
    "cat,two",
    "0.7,0.3",
    "abc|sat",
    "%s",
    "#",
  };

  @TempDir private static Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    Path text = Files.writeString(folder.resolve("t.txt"), TEXT.repeat(40));
    Path two = Files.writeString(folder.resolve("two.txt"), "ab".repeat(1000));
    for (String line :
        List.of("--name cat --corpus " + text, "--name two --validation 0 --corpus " + two)) {
      CommandRun run =
          CommandRun.of(folder, ("train --hidden 8 --layers 1 --steps 30 " + line).split(" "));
      assertThat(run.code()).as(run.err()).isZero();
    }
    CommandRun run =
        CommandRun.of(folder, "sample", "--model=cat", "--save-state=" + folder.resolve("state"));
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void anyOptionsGiveTextOrSayWhatIsWrong() {
    SplittableRandom random = new SplittableRandom(28);
    int done = 0;
    int wrong = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      List<String> args = arguments(random);
      String in = random.nextInt(4) == 0 ? "The cat" : "";
      CommandRun run = CommandRun.withInput(in, folder, args.toArray(new String[0]));
      assertThat(run.code()).as("%s: %s", args, run.err()).isIn(0, 1, 2);
      assertThat(run.err())
          .as("%s", args)
          .doesNotContain("internal error", "Exception", "\tat ", "java.");
      if (run.code() != 0) {
        assertThat(run.err()).as("%s", args).startsWith("charnn: ");
        boolean begun = run.code() == 1 && run.err().contains("ended too soon");
        assertThat(begun || run.out().isEmpty()).as("%s", args).isTrue();
      }
      done += run.code() == 0 ? 1 : 0;
      wrong += run.code() == 2 ? 1 : 0;
    }
    assertThat(done).isGreaterThan(TRIALS / 20);
    assertThat(wrong).isGreaterThan(TRIALS / 10);
  }

  private static List<String> arguments(SplittableRandom random) {
    boolean continues = random.nextBoolean();
    Object command = continues ? new ContinueCommand(null) : new SampleCommand(null);
    List<OptionSpec> options =
        new CommandLine(command)
            .getCommandSpec().options().stream()
                .filter(option -> !LEFT_OUT.contains(option.longestName()))
                .toList();
    List<String> args = new ArrayList<>();
    args.add(continues ? "continue" : "sample");
    List<String> given = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      OptionSpec option = options.get(random.nextInt(options.size()));
      String name = option.longestName();
      if (given.contains(name) && !option.isMultiValue()) {
        continue;
      }
      given.add(name);
      boolean valueless = option.arity().min() == 0 && random.nextBoolean();
      args.add(option.arity().max() == 0 || valueless ? name : name + "=" + value(option, random));
    }
    for (String usual : List.of("--length=25", "--model=cat")) {
      String name = usual.substring(0, usual.indexOf('=') + 1);
      if (args.stream().noneMatch(arg -> arg.startsWith(name))) {
        args.add(usual);
      }
    }
    if (continues && random.nextInt(3) > 0) {
      args.addAll(List.of("--", STRINGS[random.nextInt(STRINGS.length)]));
    }
    return args;
  }

  private static String value(OptionSpec option, SplittableRandom random) {
    Class<?> type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
    if (type == Path.class) {
      String[] files = {"state", "t.txt", "models/two/best.zip", "none", "none/file", ".", "new"};
      return folder.resolve(files[random.nextInt(files.length)]).toString();
    }
    if (option.longestName().equals("--engine")) {
      return List.of("simd", "scalar", "x").get(random.nextInt(3)); // DL4J takes seconds.
    }
    if (option.longestName().equals("--model")) {
      return List.of("cat", "two", "none", "").get(random.nextInt(4));
    }
    if (type.isEnum() && random.nextInt(4) > 0) {
      Object[] constants = type.getEnumConstants();
      return constants[random.nextInt(constants.length)].toString();
    }
    boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
    String[] values = number != (random.nextInt(8) == 0) ? NUMBERS : STRINGS;
    return values[random.nextInt(values.length)];
  }

  /** At the ends of what is allowed, each option alone and with the others' extremes. */
  @ParameterizedTest
  @ValueSource(strings = {"cat", "two"})
  void extremesGiveText(String model) {
    String[] temperatures = {
      "",
      "--temperature 1e-6",
      "--temperature 1e6",
      "--temperature 0",
      "--temperature 1e9",
      "--temperature 1e-300",
      "--dynamic-temperature 1e-9:1e9",
      "--dynamic-temperature 1e-9:1e-9",
    };
    String[] filters = {
      "",
      "--top-k 1",
      "--top-k 2000000000",
      "--top-p 1e-300",
      "--min-p 0",
      "--min-p 1",
      "--typical-p 1e-300",
      "--typical-p 1",
      "--top-n-sigma 1e-300",
      "--top-n-sigma 1e6",
      "--surprise 1e-300",
      "--surprise 16",
      "--dry 1",
      "--dry 4096",
      "--only a",
      "--ban b",
      "--top-k 1 --top-p 1e-300 --min-p 1 --typical-p 1e-300 --surprise 1e-300 --dry 1",
    };
    for (String temperature : temperatures) {
      for (String filter : filters) {
        if (temperature.endsWith(" 0") && filter.matches(".*--(top-|min-p|typical-p|surprise).*")) {
          continue; // wrong usage
        }
        String line =
            ("sample --raw --seed 1 --length 60 --model "
                + model
                + " "
                + temperature
                + " "
                + filter);
        CommandRun run = CommandRun.of(folder, line.trim().split(" +"));
        assertThat(run.code()).as("%s: %s", line, run.err()).isZero();
        assertThat(run.out()).as(line).hasSize(60);
        assertThat(filter.equals("--only a") ? run.out().replace("a", "") : "").isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"--only, b, --ban, ab", "--ban, ab, --raw, ''", "--only, 水, --raw, ''"})
  void whatLeavesNothingIsWrongUsage(String first, String value, String second, String other) {
    List<String> args = new ArrayList<>(List.of("sample", "--model", "two", first, value, second));
    args.addAll(other.isEmpty() ? List.of() : List.of(other));
    CommandRun run = CommandRun.of(folder, args.toArray(new String[0]));
    assertThat(run.code()).as(Arrays.toString(args.toArray())).isEqualTo(2);
    assertThat(run.err()).contains("leave no character that the model knows");
  }

  /** A vocabulary has two characters at least, so that a text of one cannot be trained on. */
  @Test
  void aTextOfOneCharacterIsNoCorpus() throws IOException {
    Path one = Files.writeString(folder.resolve("one.txt"), "a".repeat(500));
    CommandRun run = CommandRun.of(folder, "train", "--steps", "1", "--corpus", one.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("character");
  }
}
