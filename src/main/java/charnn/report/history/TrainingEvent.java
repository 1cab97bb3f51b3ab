package charnn.report.history;

import static charnn.util.Formats.format;

import charnn.model.SettingsChange;
import charnn.util.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened to a run.
 *
 * @param step after which it did
 * @param text a sentence
 */
public record TrainingEvent(long step, Kind kind, String text) {
  /** Kinds of events. */
  public enum Kind {
    /** Training diverged and went back to this step. */
    ROLLBACK("rolled back"),
    /** The learning rate was doubled again. */
    RECOVERY("learning rate doubled"),
    /** An interrupted run was resumed. */
    RESUME("resumed"),
    /** It was resumed with other settings, on purpose. */
    CHANGE("settings changed"),
    /** The validation loss rises from here on, and the training loss does not. */
    OVERFITTING("overfits from here on");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  // Lines of train.log; a line that shows a sample begins with a bar.
  private static final Pattern RESUMED =
      Pattern.compile("[^|]* parameters; .*, resuming at step ([\\d,]{1,24})");
  private static final Pattern ROLLED_BACK =
      Pattern.compile(
          "(?!  \\|).*: rolled back to step ([\\d,]{1,24}); training continues with half .*");
  private static final Pattern DOUBLED =
      Pattern.compile(
          "training is stable again: the learning rate is doubled at step ([\\d,]{1,24})");

  private static final int MOST = 1000;
  private static final int MOST_CHARACTERS = 1000; // of a line of ours

  /**
   * Returns what a run's log tells, and the changes of its settings, in the order of the steps.
   *
   * @param names the option of each setting
   */
  static List<TrainingEvent> read(
      Path log, List<SettingsChange> changes, Function<Setting, String> names) throws IOException {
    List<TrainingEvent> events = new ArrayList<>();
    for (SettingsChange change : changes) {
      events.add(new TrainingEvent(change.step(), Kind.CHANGE, change.describe().naming(names)));
    }
    if (Files.isRegularFile(log)) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (events.size() < MOST && line.length() <= MOST_CHARACTERS) {
            add(line, events);
          }
        }
      }
    }
    events.sort(Comparator.comparingLong(TrainingEvent::step));
    return events;
  }

  private static void add(String line, List<TrainingEvent> events) {
    Matcher resumed = RESUMED.matcher(line);
    Matcher rolledBack = ROLLED_BACK.matcher(line);
    Matcher doubled = DOUBLED.matcher(line);
    if (resumed.matches()) {
      long step = step(resumed);
      events.add(new TrainingEvent(step, Kind.RESUME, format("resumed at step %,d", step)));
    } else if (rolledBack.matches()) {
      events.add(new TrainingEvent(step(rolledBack), Kind.ROLLBACK, line));
    } else if (doubled.matches()) {
      events.add(new TrainingEvent(step(doubled), Kind.RECOVERY, line));
    }
  }

  private static long step(Matcher line) {
    String digits = line.group(1).replace(",", "");
    return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
  }
}
