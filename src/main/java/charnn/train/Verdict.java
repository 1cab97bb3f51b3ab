package charnn.train;

import static charnn.text.Messages.format;

import charnn.model.Progress;
import charnn.model.Progress.Evaluation;
import java.util.List;

/**
 * What a run's losses say about how it goes.
 *
 * @param kind in a word
 * @param finding in a sentence, with the figures
 * @param advice what to try next
 */
public record Verdict(Kind kind, String finding, String advice) {
  /** How a run goes. */
  public enum Kind {
    /** There are too few evaluations, or nothing is held out. */
    UNKNOWN,
    /** The held-out loss falls. */
    IMPROVING,
    /** The held-out loss hardly falls any more. */
    LEVELLED_OFF,
    /** The training loss falls while the held-out loss rises. */
    MEMORISING,
    /** Both rise. */
    WORSENING
  }

  private static final int FEWEST_EVALUATIONS = 4;

  /** A rise of the held-out loss that is more than its scatter, in nats per character. */
  private static final double RISE = 0.01;

  /** What the last third of a run must gain to count as a fall, in nats per character. */
  private static final double FALL = 0.005;

  /** Returns the verdict on a run as far as it has come. */
  public static Verdict of(Progress progress) {
    List<Evaluation> rows = progress.evaluationsSinceRateRose();
    if (rows.size() < FEWEST_EVALUATIONS) {
      return new Verdict(
          Kind.UNKNOWN,
          format(
              "too early to tell how training goes: evaluations on held-out text so far: %d%s",
              rows.size(),
              rows.size() < progress.evaluations().size() ? " since the learning rate rose" : ""),
          progress.evaluations().isEmpty()
              ? "hold out some text (--validation 0.1), and train longer"
              : "train longer");
    }
    Evaluation last = rows.get(rows.size() - 1);
    Evaluation best = rows.get(rows.size() - 1 - progress.evaluationsSinceBest());
    boolean rises = loss(last) - loss(best) > RISE;
    if (rises && last.trainingLoss() >= best.trainingLoss()) {
      return new Verdict(
          Kind.WORSENING,
          format(
              "getting worse since step %,d: the held-out loss rose from %.3f to %.3f, and the training loss with it",
              best.step(), loss(best), loss(last)),
          "the best model is kept; lower --learning-rate");
    }
    if (rises) {
      return new Verdict(
          Kind.MEMORISING,
          format(
              "memorising since step %,d: the training loss fell from %.3f to %.3f while the held-out loss rose from %.3f to %.3f",
              best.step(), best.trainingLoss(), last.trainingLoss(), loss(best), loss(last)),
          "the best model is kept; for a better one, add text, raise --dropout or --weight-drop, or train a smaller network");
    }
    int third = rows.size() - Math.max(1, rows.size() / 3);
    double before = rows.subList(0, third).stream().mapToDouble(Verdict::loss).min().orElseThrow();
    double gain = before - loss(best);
    if (gain > FALL) {
      return new Verdict(
          Kind.IMPROVING,
          format(
              "still improving: the held-out loss fell by %.3f to %.3f since step %,d",
              gain, loss(best), rows.get(third - 1).step()),
          "a new run with more --time, or more text, would go lower");
    }
    return new Verdict(
        Kind.LEVELLED_OFF,
        format(
            "levelled off: the held-out loss stays near %.3f since step %,d",
            loss(best), rows.get(third - 1).step()),
        "more time alone will not help; add text, or try a larger network (--hidden, --layers)");
  }

  private static double loss(Evaluation evaluation) {
    return evaluation.heldOut().loss();
  }
}
