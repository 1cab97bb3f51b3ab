package charnn.spark;

import charnn.train.TrainingException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A list of runs, as scripts/overnight.sh takes it: a name and the options of train in a line. */
public final class RunList {
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum}._-]{0,99}");
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private RunList() {}

  /**
   * A run.
   *
   * @param options of train
   */
  public record Run(String name, List<String> options) implements Serializable {}

  /** Reads a list. */
  public static List<Run> read(Path file) throws IOException {
    List<Run> runs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String raw : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String line = raw.startsWith(BYTE_ORDER_MARK) ? raw.substring(1) : raw;
      List<String> words = words(line, file);
      if (words.isEmpty() || line.stripLeading().startsWith("#")) {
        continue;
      }
      String name = words.get(0);
      if (!NAME.matcher(name).matches()) {
        throw new TrainingException(
            "a run's name must begin with a letter or digit and hold at most 100 letters, digits, '.', '_' and '-', got '"
                + name
                + "' in "
                + file);
      }
      if (!names.add(name)) {
        throw new TrainingException(
            "the run '" + name + "' is twice in " + file + "; give each its own name");
      }
      runs.add(new Run(name, List.copyOf(words.subList(1, words.size()))));
    }
    if (runs.isEmpty()) {
      throw new TrainingException("there is no run in " + file);
    }
    return runs;
  }

  /** Returns the words of a line, quoted as for the shell; it expands nothing. */
  private static List<String> words(String line, Path file) throws TrainingException {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      if (word == null) {
        if (c == '#') {
          break;
        }
        word = new StringBuilder();
      }
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new TrainingException(
          "a quote is not closed in " + file + ": " + line.strip() + "; close it");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
