package charnn.cli;

import charnn.checkpoint.ModelFile;
import charnn.cli.console.Console;
import charnn.cli.options.Arguments;
import charnn.cli.options.OptionNames;
import charnn.util.Range;
import charnn.util.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Words picocli's errors as charnn's messages, with a guess at what was meant.
 *
 * @param console knows the commands and the folder of models
 * @param args all arguments
 */
record ArgumentErrors(Console console, List<String> args) {
  /** The option that an argument without a name probably belongs to, by command. */
  private static final Map<String, String> MEANT =
      Map.of(
          "train", "--corpus",
          "plan", "--corpus",
          "eval", "--corpus",
          "sample", "--prompt",
          "info", "--model");

  /**
   * What one letter stands for in other tools; of several options, the first one of the command.
   */
  private static final Map<String, List<String>> SHORT =
      Map.of(
          "-c", List.of("--corpus", "--count"),
          "-e", List.of("--epochs"),
          "-k", List.of("--top-k"),
          "-l", List.of("--length", "--layers"),
          "-m", List.of("--model"),
          "-n", List.of("--count", "--name"),
          "-o", List.of("--name"),
          "-p", List.of("--prompt"),
          "-s", List.of("--seed"),
          "-t", List.of("--temperature", "--time", "--threads"));

  /** A letter, with a value that no option's name may be: it begins with no letter. */
  private static final Pattern LETTER = Pattern.compile("(?s)(-\\p{L})((?!\\p{L}).*)");

  String message(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(spec, unmatched.getUnmatched());
    }
    if (e instanceof MissingParameterException missing) {
      return missing(spec, missing.getMissing().get(0));
    }
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice; give it once";
    }
    if (e instanceof MutuallyExclusiveArgsException || e instanceof MaxValuesExceededException) {
      return tooMany(spec);
    }
    if (e.getArgSpec() != null) {
      return value(spec, e.getArgSpec(), e.getValue(), e.getCause());
    }
    return e.getValue() == null ? e.getMessage() : noCommand(e.getValue()); // of help
  }

  private String unmatched(CommandSpec spec, List<String> unmatched) {
    String first = unmatched.get(0);
    boolean isRoot = spec.parent() == null;
    String option = optionOf(first);
    if (spec.optionsMap().containsKey(option)) {
      return "'" + first + "' is an option, but after --: options stand before --, a text after it";
    }
    if (Arguments.looksLikeAnOption(first)
        || (first.matches("-\\p{L}.*") && first.indexOf(' ') < 0)) {
      return noOption(spec, isRoot, first);
    }
    if (isRoot) {
      return noCommand(first);
    }
    if (!spec.subcommands().isEmpty()) {
      String near = nearest(first, spec.subcommands().keySet().stream());
      String meant =
          near == null ? "charnn " + spec.name() + " lists them" : "did you mean " + near + "?";
      return spec.name() + " has no experiment '" + first + "'; " + meant;
    }
    if (!spec.positionalParameters().isEmpty()) {
      String label = spec.positionalParameters().get(0).paramLabel();
      if (!label.equals("TEXT")) {
        return spec.name() + " takes one " + label + "; '" + first + "' is one too many";
      }
      return "'"
          + first
          + "' is one argument too many: a text stands in quotes, and after -- if it begins with -";
    }
    return spec.name() + " takes no argument '" + first + "'" + meant(spec, unmatched);
  }

  private String noOption(CommandSpec spec, boolean isRoot, String first) {
    String option = optionOf(first);
    String message = (isRoot ? "charnn" : spec.name()) + " has no option " + option;
    String near = nearest(option, spec.optionsMap().keySet().stream());
    String meant = near == null ? ofLetter(spec, first) : near;
    if (meant != null) {
      return message + "; did you mean " + meant + "?";
    }
    Map<String, Supplier<Object>> commands = Cli.commands(console);
    Map<String, List<String>> commandsByOption =
        commands.entrySet().stream()
            .map(entry -> new CommandLine(entry.getValue().get()).setCommandName(entry.getKey()))
            .flatMap(
                command ->
                    command.getCommandSpec().optionsMap().keySet().stream()
                        .map(name -> Map.entry(name, command.getCommandName())))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    near = nearest(option, commandsByOption.keySet().stream());
    if (near == null) {
      return message;
    }
    return message
        + (isRoot ? "; after the command, " : "; ")
        + near
        + " is one of "
        + String.join(", ", commandsByOption.get(near));
  }

  /**
   * Returns what an option of one letter may mean, with its value; null if nothing.
   *
   * @param argument the letter, perhaps with a value: -n2, -n=2
   */
  private String ofLetter(CommandSpec spec, String argument) {
    Matcher parts = LETTER.matcher(argument);
    if (!parts.matches()) {
      return null;
    }
    String letter = parts.group(1);
    int next = args.indexOf(argument) + 1;
    String value =
        !parts.group(2).isEmpty()
            ? parts.group(2).replaceFirst("=", "")
            : next == args.size() || args.get(next).startsWith("-") ? "" : args.get(next);
    String then = value.isEmpty() ? "" : " " + Arguments.quoted(value);
    if (letter.equals("-o") && has(spec, "--prompt-file")) {
      return "charnn " + spec.name() + " >" + (value.isEmpty() ? "FILE" : then.strip());
    }
    if (letter.equals("-p") && has(spec, "--before")) {
      return "charnn " + spec.name() + (value.isEmpty() ? " TEXT" : then);
    }
    return SHORT.getOrDefault(letter, List.of()).stream()
        .filter(name -> has(spec, name))
        .findFirst()
        .map(name -> name + then)
        .orElse(null);
  }

  private String noCommand(String word) {
    String near = nearest(word, Cli.commands(console).keySet().stream());
    String meant =
        near != null
            ? "; did you mean " + near + "?"
            : Arguments.isFile(word)
                ? "; did you mean: charnn train --corpus " + Arguments.quoted(word) + "?"
                : "";
    return "there is no command '" + word + "'" + meant;
  }

  /** Guesses the option of an argument without a name. */
  private String meant(CommandSpec spec, List<String> unmatched) {
    String first = unmatched.get(0);
    String option = isModel(first) && has(spec, "--model") ? "--model" : MEANT.get(spec.name());
    if (option == null) {
      return "";
    }
    if (option.equals("--model") && Arguments.isFile(first) && ModelFile.isText(Path.of(first))) {
      String corpus = " --corpus " + Arguments.quoted(first);
      return ", which is a text, no model; did you mean: charnn plan"
          + corpus
          + ", or charnn train"
          + corpus
          + "?";
    }
    boolean takesSeveral = spec.optionsMap().get(option).typeInfo().isMultiValue();
    String values =
        takesSeveral
            ? unmatched.stream()
                .takeWhile(argument -> !Arguments.looksLikeAnOption(argument))
                .map(Arguments::quoted)
                .collect(Collectors.joining(" "))
            : Arguments.quoted(first);
    String alternative =
        option.equals("--prompt") ? ", or, to see it printed: charnn continue " + values : "";
    return "; did you mean: charnn "
        + spec.name()
        + " "
        + option
        + " "
        + values
        + alternative
        + "?";
  }

  private boolean isModel(String word) {
    return word.endsWith(".zip")
        || (!word.isEmpty() && Arguments.isFile(console.home().resolve("models") + "/" + word));
  }

  private String missing(CommandSpec spec, ArgSpec missing) {
    String name = name(missing);
    String label = missing.paramLabel();
    int index = given().indexOf(name);
    if (index >= 0) {
      return noValue(name, label);
    }
    List<String> bare =
        args.stream()
            .dropWhile(argument -> !argument.equals(spec.name()))
            .skip(1)
            .takeWhile(argument -> !argument.startsWith("-"))
            .toList();
    return spec.name() + " needs " + name + " " + label + (bare.isEmpty() ? "" : meant(spec, bare));
  }

  private static String noValue(String name, String label) {
    return name
        + " needs a value: "
        + name
        + " "
        + label
        + ", or "
        + name
        + "="
        + label
        + " if it begins with -";
  }

  /**
   * Names the options that exclude each other, are repeated or have a value that they do not take.
   */
  private String tooMany(CommandSpec spec) {
    List<String> given = given();
    for (ArgGroupSpec group : spec.argGroups()) {
      Set<String> ofGroup = new LinkedHashSet<>();
      for (OptionSpec option : group.options()) {
        given.stream().filter(name -> List.of(option.names()).contains(name)).forEach(ofGroup::add);
      }
      if (group.exclusive() && ofGroup.size() > 1) {
        return String.join(" and ", ofGroup) + " exclude each other; give one of them";
      }
    }
    Set<String> seen = new LinkedHashSet<>();
    return given.stream()
        .filter(name -> !seen.add(name))
        .findFirst()
        .map(name -> name + " is given twice; give it once")
        .orElse("too many options are given");
  }

  /** Returns the names of the options among the arguments. */
  private List<String> given() {
    return args.stream()
        .takeWhile(argument -> !argument.equals("--"))
        .filter(argument -> argument.startsWith("-"))
        .map(ArgumentErrors::optionOf)
        .toList();
  }

  private static String value(CommandSpec spec, ArgSpec arg, String value, Throwable cause) {
    String name = name(arg);
    Class<?> type = arg.typeInfo().getType();
    if (type.isEnum()) {
      List<String> choices = Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
      String near = nearest(value.toLowerCase(Locale.ROOT), choices.stream());
      return name
          + " must be "
          + alternatives(choices)
          + ", got '"
          + value
          + "'"
          + (near == null ? "" : "; did you mean " + near + "?");
    }
    if (NUMBERS.contains(type) && cause != null) {
      return name + " must be " + numberRule(spec, name, type) + ", got '" + value + "'";
    }
    if (type == boolean.class || type == Boolean.class) {
      return name + " takes no value, got '" + value + "'";
    }
    String near =
        Arguments.looksLikeAnOption(value)
            ? nearest(optionOf(value), spec.optionsMap().keySet().stream())
            : null;
    String guess = near == null ? "" : "; did you mean " + near + "?";
    return cause == null
        ? noValue(name, arg.paramLabel()) + "; '" + value + "' is no option" + guess
        : name + ": " + cause.getMessage() + guess;
  }

  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

  /** Returns the rule for a number: the range of its setting, within that of its type. */
  private static String numberRule(CommandSpec spec, String name, Class<?> type) {
    Setting setting = OptionNames.settingOf(spec.name(), name);
    if (type == double.class || type == Double.class) {
      return "a number" + (setting == null ? "" : ", " + setting.range());
    }
    boolean isInt = type == int.class || type == Integer.class;
    long most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
    if (setting == null) {
      return "a whole number, " + (isInt ? Integer.MIN_VALUE : Long.MIN_VALUE) + " to " + most;
    }
    Range range = setting.range();
    return "a whole number, "
        + (range.most() <= most ? range.toString() : (long) range.least() + " to " + most);
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  private static String optionOf(String argument) {
    return argument.replaceFirst("(?s)=.*", "");
  }

  private static boolean has(CommandSpec spec, String option) {
    return spec.optionsMap().containsKey(option);
  }

  private static String alternatives(List<String> choices) {
    int last = choices.size() - 1;
    return last == 0
        ? choices.get(0)
        : String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  /** Returns the name nearest to a misspelt one; null if none is near. */
  private static String nearest(String written, Stream<String> names) {
    return names
        .filter(name -> name.length() > 2)
        .filter(name -> distance(written, name) <= Math.min(2, (written.length() + 1) / 3))
        .min(Comparator.comparing(name -> distance(written, name)))
        .orElse(null);
  }

  /** Returns the edit distance (Levenshtein): characters to insert, delete or replace. */
  private static int distance(String from, String to) {
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
