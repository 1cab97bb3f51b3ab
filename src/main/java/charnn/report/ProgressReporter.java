package charnn.report;

import static charnn.util.Formats.format;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.nn.LossMetrics;
import charnn.train.TrainingListener;
import charnn.util.Durations;
import java.time.Duration;

/**
 * Shows the progress of training: step, epoch, loss in nats and bits per character, accuracy,
 * validation loss, characters per second, time left. Prints a permanent line and an excerpt of a
 * sample after each evaluation.
 */
public final class ProgressReporter implements TrainingListener {
  private static final int EXCERPT_COLUMNS = 72;

  private final ProgressDisplay display;
  private double budgetSeconds; // 0 if the run is not time-budgeted
  private double startSeconds;
  private long startCharacters;
  private Progress.Evaluation evaluation; // made in this step, or null
  private boolean best;

  public ProgressReporter(ProgressDisplay display) {
    this.display = display;
  }

  @Override
  public void started(Model model) {
    begin(model);
    Progress progress = model.progress();
    display.printLine(
        format(
            "%s, vocabulary of %d characters: %,d parameters; %s%s",
            model.network().architecture().describe(),
            model.vocabulary().size(),
            model.network().parameters().length,
            budgetSeconds > 0
                ? time(budgetSeconds)
                : format("%,d steps", model.hyperparameters().totalSteps()),
            progress.step() == 0 ? "" : format(", resuming at step %,d", progress.step())));
  }

  @Override
  public void rolledBack(Model model, String reason) {
    evaluation = null;
    begin(model);
    display.printLine(reason);
  }

  private void begin(Model model) {
    budgetSeconds = model.hyperparameters().horizon().seconds();
    startSeconds = model.progress().seconds();
    startCharacters = model.progress().charactersSeen();
  }

  @Override
  public void warned(String warning) {
    display.printLine(warning);
  }

  @Override
  public void evaluated(Progress.Evaluation made, boolean isBest) {
    evaluation = made;
    best = isBest;
  }

  @Override
  public void stepped(Metrics metrics) {
    if (evaluation != null) {
      display.printLine(describe(metrics) + (best ? "  best" : ""));
    }
    display.updateStatus(
        () ->
            partDone(metrics)
                + timeLeft(metrics)
                + "  "
                + describe(metrics)
                + "  "
                + speed(metrics));
    evaluation = null;
  }

  @Override
  public void sampled(long step, String text) {
    String excerpt = VisibleText.fit(VisibleText.oneLine(text.strip()), EXCERPT_COLUMNS);
    display.printLine("  | " + excerpt);
  }

  /** Returns the elapsed part of a time budget: its number of steps is not known. */
  private String partDone(Metrics metrics) {
    return budgetSeconds > 0
        ? format("%.0f%%  ", Math.min(100, 100 * metrics.seconds() / budgetSeconds))
        : "";
  }

  private String describe(Metrics metrics) {
    return format(
        "%s  epoch %.1f  loss %s (%.2f bits)  acc %.0f%%  validation %s",
        budgetSeconds > 0
            ? format("step %,d", metrics.step())
            : format("%,d/%,d", metrics.step(), metrics.totalSteps()),
        metrics.epoch(),
        nats(metrics.training()),
        metrics.training().bitsPerCharacter(),
        100 * metrics.training().accuracy(),
        metrics.validation() == null ? "-" : nats(metrics.validation()));
  }

  private String speed(Metrics metrics) {
    return format("%,.0f chars/s", charactersPerSecond(metrics));
  }

  /** Includes evaluations, so that the time left is right. */
  private double charactersPerSecond(Metrics metrics) {
    return (metrics.characters() - startCharacters)
        / Math.max(1e-9, metrics.seconds() - startSeconds);
  }

  private String timeLeft(Metrics metrics) {
    if (metrics.characters() == startCharacters) {
      return "";
    }
    double left =
        budgetSeconds > 0 ? budgetSeconds - metrics.seconds() : secondsForStepsLeft(metrics);
    return time(left) + " left";
  }

  private static String time(double seconds) {
    return Durations.format(Duration.ofSeconds(Math.max(0, Math.round(seconds))));
  }

  private double secondsForStepsLeft(Metrics metrics) {
    double charactersPerStep = (double) metrics.characters() / metrics.step();
    return (metrics.totalSteps() - metrics.step())
        * charactersPerStep
        / charactersPerSecond(metrics);
  }

  private static String nats(LossMetrics metrics) {
    return format("%.3f", metrics.loss());
  }
}
