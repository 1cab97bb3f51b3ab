package charnn.report;

import static charnn.util.Formats.format;

import charnn.data.Direction;
import charnn.data.ValidationFrom;
import charnn.eval.Baselines;
import charnn.model.Hyperparameters;
import charnn.model.TextStatistics;
import charnn.nn.NetworkSpec;
import charnn.plan.LossForecast;
import charnn.plan.Plan;
import charnn.util.Durations;
import charnn.util.JsonName;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The plan of a run.
 *
 * @param charactersPerSecond null if the speed was not measured
 * @param seconds null if the speed was not measured
 * @param expectedLoss null if the speed was not measured, without a validation set like the
 *     training text, or for a cell that no forecast is fitted to
 * @param text statistics of the text
 * @param baselines null if they were not measured, or without a validation set
 */
public record PlanReport(
    long trainingCharacters,
    @JsonName("heldOutCharacters") long validationCharacters,
    NetworkSpec architecture,
    int parameters,
    @JsonName("recipe") Hyperparameters hyperparameters,
    double megabytes,
    Double charactersPerSecond,
    Double seconds,
    Double expectedLoss,
    double epochs,
    TextStatistics text,
    BaselineReport baselines) {
  /** The loss of shorter runs cannot be forecast. */
  private static final int FORESEEABLE_STEPS = 2000;

  private static final int NAME_COLUMNS = 9;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  public static PlanReport of(Plan plan, TextStatistics text) {
    return of(plan, text, Optional.empty());
  }

  public static PlanReport of(Plan plan, TextStatistics text, Optional<Baselines> baselines) {
    boolean measured = plan.charactersPerSecond() > 0;
    return new PlanReport(
        plan.trainingCharacters(),
        plan.validationCharacters(),
        plan.architecture(),
        plan.architecture().parameterCount(),
        plan.hyperparameters(),
        plan.bytes() / 1e6,
        measured ? plan.charactersPerSecond() : null,
        measured ? plan.seconds() : null,
        Double.isNaN(plan.expectedLoss()) || text.isValidationUnlike() ? null : plan.expectedLoss(),
        plan.epochs(),
        text,
        baselines.map(BaselineReport::of).orElse(null));
  }

  /**
   * Returns the report as lines, wrapped between words.
   *
   * @param columns width of a line
   */
  public String toText(int columns) {
    List<String> lines = new ArrayList<>();
    row(
        lines,
        "text",
        "%,d characters to train on, %s; vocabulary of %d",
        trainingCharacters,
        validation(),
        architecture.vocabularySize());
    if (hyperparameters.direction() == Direction.BACKWARD) {
      row(lines, "reads", "backwards, from the end of the text");
    }
    if (architecture.documents()) {
      row(lines, "reads", "documents: each begins at zero state, and its end is learnt");
    }
    row(lines, "network", "%s, %,d parameters", architecture.describe(), parameters);
    row(
        lines,
        "training",
        "batch size %d, sequence length %d, %s",
        hyperparameters.batchSize(),
        hyperparameters.seqLength(),
        hyperparameters.schedule().describe());
    row(lines, "", "%s", hyperparameters.regularization().describe());
    row(lines, "memory", "about %,.0f MB", megabytes);
    double budget = hyperparameters.horizon().seconds();
    boolean guessed = budget > 0 && charactersPerSecond == null;
    if (guessed) {
      Duration time = Duration.ofSeconds(Math.round(budget));
      row(lines, "steps", "as many as the time allows");
      row(
          lines,
          "time",
          "%s: too short to measure this machine's speed first; charnn plan measures it",
          Durations.format(time));
      addBaselines(lines);
      return joined(lines, columns);
    }
    row(lines, "steps", "%,d%s (%,.1f epochs)", hyperparameters.totalSteps(), about(), epochs);
    if (seconds != null) {
      Duration time = Duration.ofSeconds(Math.round(seconds));
      row(
          lines,
          "time",
          "about %s at %,.0f characters/s on this machine, until %s",
          Durations.format(time),
          charactersPerSecond,
          CLOCK.format(ZonedDateTime.now().plus(time)));
    } else {
      row(
          lines,
          "time",
          "a minute or less: too short to measure this machine's speed first; charnn bench measures it");
    }
    boolean foreseeable =
        charactersPerSecond != null && hyperparameters.totalSteps() >= FORESEEABLE_STEPS;
    if (foreseeable && expectedLoss != null) {
      row(lines, "result", "a validation loss of about %.2f nats per character", expectedLoss);
    } else if (foreseeable && !LossForecast.isFittedTo(architecture.cell())) {
      row(lines, "result", "not predicted for the cell %s", architecture.cell());
    }
    addBaselines(lines);
    return joined(lines, columns);
  }

  private void addBaselines(List<String> lines) {
    if (baselines != null) {
      row(
          lines,
          "baseline",
          "%s nats per character (bits) on the validation set",
          baselines.toWords());
    }
  }

  private static String joined(List<String> lines, int columns) {
    return String.join(
        "",
        lines.stream()
            .map(line -> LineWrap.wrap(line, columns, NAME_COLUMNS) + System.lineSeparator())
            .toList());
  }

  private String validation() {
    if (text.canEvaluate()) {
      return format("%,d for validation%s", validationCharacters, where());
    }
    return format(
        "%s for validation%s (the last model is kept, and overfitting is not detected)",
        validationCharacters == 0 ? "none" : validationCharacters,
        hyperparameters.validationFraction() > 0 ? ", too few to evaluate on" : "");
  }

  private String where() {
    if (hyperparameters.validationFrom() == ValidationFrom.LAST) {
      return "";
    }
    if (hyperparameters.validationFrom() == ValidationFrom.CORPUS) {
      return " in another corpus";
    }
    return architecture.documents() ? " in whole documents" : " spread over it";
  }

  /** The number of steps of a time-budgeted run is an estimate. */
  private String about() {
    return hyperparameters.horizon().seconds() > 0 ? " or as many as the time allows" : "";
  }

  private static void row(List<String> lines, String name, String form, Object... values) {
    lines.add(format("%-" + NAME_COLUMNS + "s%s", name, format(form, values)));
  }
}
