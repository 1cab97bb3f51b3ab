package charnn.report;

import static charnn.text.Messages.format;

import charnn.model.Architecture;
import charnn.model.Recipe;
import charnn.train.Durations;
import charnn.train.Plan;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What a run is going to do.
 *
 * @param charactersPerSecond null if the speed was not measured
 * @param seconds null likewise
 * @param expectedLoss null likewise, and if nothing is held out
 */
public record PlanReport(
    int trainingCharacters,
    int heldOutCharacters,
    Architecture architecture,
    int parameters,
    Recipe recipe,
    double megabytes,
    Double charactersPerSecond,
    Double seconds,
    Double expectedLoss,
    double epochs) {
  /** How shorter runs end is anyone's guess. */
  private static final int FORESEEABLE_STEPS = 2000;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  public static PlanReport of(Plan plan) {
    boolean measured = plan.charactersPerSecond() > 0;
    return new PlanReport(
        plan.trainingCharacters(),
        plan.heldOutCharacters(),
        plan.architecture(),
        plan.architecture().parameterCount(),
        plan.recipe(),
        plan.bytes() / 1e6,
        measured ? plan.charactersPerSecond() : null,
        measured ? plan.seconds() : null,
        Double.isNaN(plan.expectedLoss()) ? null : plan.expectedLoss(),
        plan.epochs());
  }

  /** Returns the report as lines to read. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    row(
        text,
        "text",
        "%,d characters to train on, %s; alphabet of %d",
        trainingCharacters,
        heldOutCharacters == 0
            ? "none held out (so the last model is kept, and nothing tells memorising)"
            : format("%,d held out", heldOutCharacters),
        architecture.alphabetSize());
    row(text, "network", "LSTM, %s, %,d parameters", architecture.describe(), parameters);
    row(
        text,
        "recipe",
        "batches of %d x %d characters, %s",
        recipe.batchSize(),
        recipe.seqLength(),
        recipe.schedule().describe());
    row(text, "", "%s", recipe.regularization().describe());
    row(text, "memory", "about %,.0f MB", megabytes);
    row(text, "steps", "%,d%s (%,.1f epochs)", recipe.totalSteps(), about(), epochs);
    if (seconds != null) {
      Duration time = Duration.ofSeconds(Math.round(seconds));
      row(
          text,
          "time",
          "about %s at %,.0f characters/s on this machine, until %s",
          Durations.format(time),
          charactersPerSecond,
          CLOCK.format(ZonedDateTime.now().plus(time)));
    } else {
      row(text, "time", "probably a minute or less; not measured");
    }
    if (expectedLoss != null && recipe.totalSteps() >= FORESEEABLE_STEPS) {
      row(text, "result", "a held-out loss of about %.2f nats per character", expectedLoss);
    }
    return text.toString();
  }

  /** A run of a given time makes as many steps as fit into it. */
  private String about() {
    return recipe.pace().seconds() > 0 ? " or as many as the time allows" : "";
  }

  private static void row(StringBuilder text, String name, String form, Object... values) {
    text.append(format("%-9s%s%n", name, format(form, values)));
  }
}
