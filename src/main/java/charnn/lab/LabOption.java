package charnn.lab;

import charnn.util.InvalidSettingException;
import charnn.util.Range;
import charnn.util.Sentence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * An option of an experiment.
 *
 * @param name without dashes
 * @param label of its value in the help; null of a flag
 * @param initial what it is if it is not given, as it would be written; null if that is nothing
 * @param repeatable whether it may be given several times
 * @param read makes a value of what was given, in order, or of the initial value; throws {@link
 *     InvalidSettingException} where that is invalid
 */
public record LabOption<T>(
    String name,
    String label,
    String description,
    String initial,
    boolean repeatable,
    Function<List<String>, T> read) {
  /** The text of an experiment. */
  static final LabOption<List<Path>> CORPUS =
      files("corpus", "Text that it works on (default: the bundled tales).");

  /**
   * Checks what options are.
   *
   * @param rule what must be, as of {@link String#format}; options in it are as they are written
   * @throws InvalidSettingException if it is not
   */
  static void require(boolean valid, String rule, Object... values) {
    if (!valid) {
      throw new InvalidSettingException(Sentence.of(rule, values));
    }
  }

  /** Returns the option as it is written. */
  @Override
  public String toString() {
    return "--" + name;
  }

  /** Returns an option that is there or not. */
  public static LabOption<Boolean> flag(String name, String description) {
    return new LabOption<>(name, null, description, null, false, given -> !given.isEmpty());
  }

  /** Returns a whole number. */
  public static LabOption<Integer> count(
      String name, int least, int most, int initial, String description) {
    return single(name, "N", description, "" + initial, whole(name, least, most));
  }

  /** Returns a list of different whole numbers with commas between. */
  public static LabOption<List<Integer>> counts(
      String name, int least, int most, String initial, String description) {
    return single(
        name,
        "N,N...",
        description,
        initial,
        each(whole(name, least, most)).andThen(LabOption::once));
  }

  /** Returns a number. */
  public static LabOption<Double> number(
      String name, Range range, double initial, String description) {
    return single(name, "X", description, "" + initial, real(name, range));
  }

  /** Returns a list of numbers with commas between. */
  public static LabOption<List<Double>> numbers(
      String name, Range range, String initial, String description) {
    return single(name, "X,X...", description, initial, each(real(name, range)));
  }

  /** Returns a choice of words. */
  public static LabOption<String> choice(
      String name, List<String> choices, String initial, String description) {
    String label = name.toUpperCase(Locale.ROOT);
    String all = description + " One of " + String.join(", ", choices) + ".";
    return single(name, label, all, initial, word(name, choices));
  }

  /** Returns a list of different words, each of a choice, with commas between. */
  public static LabOption<List<String>> choices(
      String name, List<String> choices, String initial, String description) {
    String all = description + " One or more of " + String.join(", ", choices) + ".";
    return single(
        name, "NAME,...", all, initial, each(word(name, choices)).andThen(LabOption::once));
  }

  /** Returns files, none if the option is not given. */
  public static LabOption<List<Path>> files(String name, String description) {
    return new LabOption<>(
        name, "FILE", description, null, true, given -> given.stream().map(Path::of).toList());
  }

  /** Returns a file, null if the option is not given. */
  public static LabOption<Path> file(String name, String description) {
    return new LabOption<>(
        name,
        "FILE",
        description,
        null,
        false,
        given -> given.isEmpty() ? null : Path.of(given.get(0)));
  }

  /** Returns texts as they are given, none if the option is not given. */
  public static LabOption<List<String>> texts(String name, String label, String description) {
    return new LabOption<>(name, label, description, null, true, given -> given);
  }

  private static <T> LabOption<T> single(
      String name, String label, String description, String initial, Function<String, T> read) {
    return new LabOption<>(
        name, label, description, initial, false, given -> read.apply(given.get(0)));
  }

  private static <T> Function<String, List<T>> each(Function<String, T> read) {
    return text -> Arrays.stream(text.split(",", -1)).map(read).toList();
  }

  static <T> List<T> once(List<T> values) {
    return values.stream().distinct().toList();
  }

  private static Function<String, Integer> whole(String name, int least, int most) {
    Range range = Range.of(least, most);
    return text -> {
      boolean valid = text.matches("-?\\d{1,9}") && range.contains(Integer.parseInt(text));
      require(valid, "--%s must be a whole number, %s, got '%s'", name, range, text);
      return Integer.valueOf(text);
    };
  }

  private static Function<String, Double> real(String name, Range range) {
    return text -> {
      double value;
      try {
        value = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      require(range.contains(value), "--%s must be a number, %s, got '%s'", name, range, text);
      return value;
    };
  }

  private static Function<String, String> word(String name, List<String> words) {
    return text -> {
      String all = String.join(" or ", words);
      require(words.contains(text), "--%s must be %s, got '%s'", name, all, text);
      return text;
    };
  }
}
