package charnn.train;

import static charnn.util.Formats.number;

import charnn.data.ValidationFrom;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Progress.Evaluation;
import charnn.model.TextStatistics;
import charnn.plan.HyperparameterAdvisor;
import charnn.plan.ShortText;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The diagnosis of a run by its losses.
 *
 * @param kind of the diagnosis
 * @param finding one sentence with the figures
 * @param advice the next thing to try
 */
public record TrainingDiagnosis(Kind kind, Sentence finding, Sentence advice) {
  /** Kinds of diagnosis. */
  public enum Kind {
    /** There are too few evaluations, or there is no validation set. */
    UNKNOWN,
    /** The training loss is no lower than the unigram entropy. */
    LEARNT_NOTHING,
    /** The validation set differs from the training set: the loss on it means little. */
    UNLIKE,
    /** The validation loss falls. */
    IMPROVING,
    /** The validation loss hardly falls any more. */
    LEVELLED_OFF,
    /** The training loss falls while the validation loss rises. */
    OVERFITTING,
    /** Both rise. */
    WORSENING
  }

  private static final int FEWEST_EVALUATIONS = 4;

  /** The loss on a shorter validation set is noise. */
  private static final int FEWEST_CHARACTERS = 100;

  /** A significant rise of the validation loss, in nats per character. */
  private static final double RISE = 0.01;

  /** On a short validation set: RISE_SCATTER / sqrt(characters), if that is more. */
  private static final double RISE_SCATTER = 0.5;

  /** A significant fall of the loss in the last third of a run, in nats per character. */
  private static final double FALL = 0.005;

  /** No overfitting is diagnosed before this epoch. */
  private static final double FEWEST_EPOCHS = 1.5;

  /** A loss has levelled off only if it stays for so many epochs. */
  private static final double LEVEL_EPOCHS = 2;

  /** A generalization gap, in nats per character: the network is large enough. */
  private static final double GAP = 0.1;

  /** Without text statistics, this fraction of ln V replaces the unigram entropy. */
  private static final double NEARLY_GUESSING = 0.995;

  /** The least movement (sum of learning rates) before the learning rate is blamed. */
  private static final double LEAST_MOVEMENT = 1;

  private static final double LOW_RATE = HyperparameterAdvisor.LEARNING_RATE / 10;
  private static final double HIGH_RATE = HyperparameterAdvisor.PHASED_LEARNING_RATE;

  private static final Sentence SPREAD =
      Sentence.of(
          "train with %s %s, or %s 0",
          Setting.VALIDATION_FROM, ValidationFrom.SPREAD, Setting.VALIDATION);
  private static final Sentence OTHER_CORPUS =
      Sentence.of("take another %s", Setting.VALIDATION_CORPUS);
  private static final Sentence HOLD_OUT_MORE =
      Sentence.of("add text, or hold out more of it (%s)", Setting.VALIDATION);

  /**
   * Returns the warning about a text before training on it, if there is one.
   *
   * @param from where its validation set is taken from
   */
  public static Optional<Sentence> warning(TextStatistics text, ValidationFrom from) {
    return text.isValidationUnlike()
        ? Optional.of(
            Sentence.of(
                "%s: the loss on it means little, and does not end training early. Better %s",
                unlike(text), likeness(from)))
        : Optional.empty();
  }

  /** Returns how to have a validation set like the training set. */
  private static Sentence likeness(ValidationFrom from) {
    return from == ValidationFrom.CORPUS ? OTHER_CORPUS : SPREAD;
  }

  private static Sentence unlike(TextStatistics text) {
    return Sentence.of("the validation set is unlike the training set (%s)", difference(text));
  }

  private static Sentence difference(TextStatistics text) {
    if (text.hasNewNGrams()) {
      return Sentence.of(
          "%.0f %% of its %d-grams are new, %.0f %% is usual",
          100 * text.unseen(), text.order(), 100 * text.usual());
    }
    return text.hasNewCharacters()
        ? Sentence.of("%.0f %% of its characters never occur there", 100 * text.newCharacters())
        : Sentence.of(
            "%.0f %% of its lines begin as none there, %.0f %% is usual: a sorted list?",
            100 * text.newBeginnings(), 100 * text.usualBeginnings());
  }

  /**
   * Returns the diagnosis of a run so far.
   *
   * @param latest its latest model
   */
  public static TrainingDiagnosis of(Model latest) {
    return of(
        latest.progress(),
        latest.hyperparameters(),
        latest.provenance().text(),
        latest.network().architecture().vocabularySize());
  }

  /**
   * Returns the diagnosis of a run.
   *
   * @param text null if unknown
   * @param vocabularySize V
   */
  static TrainingDiagnosis of(
      Progress progress, Hyperparameters hyperparameters, TextStatistics text, int vocabularySize) {
    List<Evaluation> rows = progress.evaluationsSinceRateRose();
    double trainingLoss =
        rows.isEmpty() ? progress.averageLoss() : rows.get(rows.size() - 1).trainingLoss();
    double reference = text == null ? NEARLY_GUESSING * Math.log(vocabularySize) : text.entropy();
    if (trainingLoss >= reference && (text == null || text.isStructured())) {
      double rate = hyperparameters.schedule().learningRate() / (1 << progress.halvings());
      if (rate < LOW_RATE || progress.guard().movement() >= LEAST_MOVEMENT) {
        return learntNothing(rate, trainingLoss, reference);
      }
    }
    if (progress.evaluations().isEmpty()) {
      return notEvaluated(progress, hyperparameters, text);
    }
    Evaluation last = rows.get(rows.size() - 1);
    if (last.validation().characters() < FEWEST_CHARACTERS) {
      return new TrainingDiagnosis(
          Kind.UNKNOWN,
          Sentence.of(
              "the validation set of %,d characters is too short for a diagnosis",
              last.validation().characters() + 1),
          HOLD_OUT_MORE);
    }
    Evaluation best = rows.get(rows.size() - 1 - progress.evaluationsSinceBest());
    if (text != null && text.isValidationUnlike()) {
      return unlike(progress, last, text, likeness(hyperparameters.validationFrom()));
    }
    if (rows.size() < FEWEST_EVALUATIONS) {
      return tooEarly(
          Sentence.of(
              "evaluations on the validation set so far: %d%s",
              rows.size(),
              rows.size() < progress.evaluations().size() ? " since the learning rate rose" : ""));
    }
    double scatter = RISE_SCATTER / Math.sqrt(last.validation().characters());
    boolean rises = loss(last) - loss(best) > Math.max(RISE, scatter);
    if (rises && last.trainingLoss() >= best.trainingLoss()) {
      return new TrainingDiagnosis(
          Kind.WORSENING,
          Sentence.of(
              "getting worse since step %,d: the validation loss rose from %.3f to %.3f, and the training loss with it",
              best.step(), loss(best), loss(last)),
          Sentence.of("the best model is kept; lower %s", Setting.LEARNING_RATE));
    }
    if (rises && epochs(last.step(), progress) >= FEWEST_EPOCHS) {
      return new TrainingDiagnosis(
          Kind.OVERFITTING,
          Sentence.of(
              "overfitting since step %,d: the training loss fell from %.3f to %.3f while the validation loss rose from %.3f to %.3f",
              best.step(), best.trainingLoss(), last.trainingLoss(), loss(best), loss(last)),
          Sentence.of(
              "the best model is kept; for a better one, add text, raise %s or %s, or train a smaller network",
              Setting.DROPOUT, Setting.WEIGHT_DROP));
    }
    return ofLastThird(progress, rows, best, text);
  }

  private static TrainingDiagnosis learntNothing(double rate, double loss, double reference) {
    return new TrainingDiagnosis(
        Kind.LEARNT_NOTHING,
        Sentence.of(
            "nothing is learnt so far: the training loss is %.3f, the unigram entropy %.3f; the learning rate was at most %s",
            loss, reference, number(rate)),
        rate < LOW_RATE
            ? Sentence.of("raise %s", Setting.LEARNING_RATE)
            : rate > HIGH_RATE
                ? Sentence.of("lower %s", Setting.LEARNING_RATE)
                : Sentence.of(
                    "train longer, or try another %s or fewer %s",
                    Setting.LEARNING_RATE, Setting.LAYERS));
  }

  private static TrainingDiagnosis unlike(
      Progress progress, Evaluation last, TextStatistics text, Sentence advice) {
    long step = stepOfBest(progress);
    boolean best = step == last.step();
    return new TrainingDiagnosis(
        Kind.UNLIKE,
        best
            ? Sentence.of("%s: the loss on it, %.3f, means little", unlike(text), loss(last))
            : Sentence.of(
                "%s: the best model, of step %,d, may be far from trained", unlike(text), step),
        best
            ? Sentence.of("for the next run, %s", advice)
            : Sentence.of("take last.zip; for the next run, %s", advice));
  }

  private static TrainingDiagnosis notEvaluated(
      Progress progress, Hyperparameters hyperparameters, TextStatistics text) {
    if (hyperparameters.validationFraction() == 0
        && hyperparameters.validationFrom() != ValidationFrom.CORPUS) {
      return new TrainingDiagnosis(
          Kind.UNKNOWN,
          Sentence.of("there is no validation set, so overfitting cannot be detected"),
          text != null && ShortText.isTrainedOnWhole(text.trainingCharacters())
              ? Sentence.of("add text: too little of so short a one can be held out")
              : Sentence.of("use a validation set in the next run (%s 0.1)", Setting.VALIDATION));
    }
    if (text != null && !text.canEvaluate()) {
      return new TrainingDiagnosis(
          Kind.UNKNOWN,
          Sentence.of(
              "the validation set is too short to evaluate with: %d of %,d characters",
              text.validationCharacters(), text.trainingCharacters() + text.validationCharacters()),
          HOLD_OUT_MORE);
    }
    return tooEarly(Sentence.of("there was no evaluation up to step %,d", progress.step()));
  }

  private static TrainingDiagnosis tooEarly(Sentence reason) {
    return new TrainingDiagnosis(
        Kind.UNKNOWN,
        Sentence.of("too early for a diagnosis: %s", reason),
        Sentence.of("train longer"));
  }

  /**
   * Diagnoses by the gain of the last third of the steps. The learning rate decays to the end of
   * every run, and the loss falls with it. A loss that stays has levelled off, if the third is long
   * enough.
   */
  private static TrainingDiagnosis ofLastThird(
      Progress progress, List<Evaluation> rows, Evaluation best, TextStatistics text) {
    Evaluation last = rows.get(rows.size() - 1);
    long from = begin(progress, rows);
    List<Evaluation> earlier =
        rows.stream().filter(row -> 3 * (row.step() - from) <= 2 * (last.step() - from)).toList();
    if (earlier.isEmpty()) {
      return tooEarly(Sentence.of("no evaluation was made before the last third of the steps"));
    }
    Evaluation since = earlier.get(earlier.size() - 1);
    double gain =
        earlier.stream().mapToDouble(TrainingDiagnosis::loss).min().orElseThrow() - loss(best);
    if (gain > FALL) {
      return new TrainingDiagnosis(
          Kind.IMPROVING,
          Sentence.of(
              "still improving: the validation loss fell by %.3f to %.3f since step %,d",
              gain, loss(best), since.step()),
          Sentence.of("a new run with more %s, or more text, would go lower", Setting.TIME));
    }
    double epochs = epochs(last.step() - since.step(), progress);
    if (epochs < LEVEL_EPOCHS) {
      return tooEarly(
          Sentence.of(
              "the validation loss is %.3f after %.1f epochs",
              loss(best), epochs(last.step(), progress)));
    }
    return new TrainingDiagnosis(
        Kind.LEVELLED_OFF,
        Sentence.of(
            "levelled off: the validation loss stays near %.3f since step %,d",
            loss(best), since.step()),
        text != null && !text.isStructured()
            ? Sentence.of("the text is unpredictable: its unigram entropy is %.3f", text.entropy())
            : loss(last) - last.trainingLoss() > GAP
                ? Sentence.of(
                    "more time alone will hardly help; add text, or raise %s or %s",
                    Setting.DROPOUT, Setting.WEIGHT_DROP)
                : Sentence.of(
                    "more time alone will hardly help; add text, or try a larger network (%s, %s)",
                    Setting.HIDDEN_SIZE, Setting.LAYERS));
  }

  /** Returns the first step that counts: 0, or where the learning rate rose. */
  private static long begin(Progress progress, List<Evaluation> rows) {
    return rows.size() == progress.evaluations().size() ? 0 : rows.get(0).step();
  }

  private static double epochs(long steps, Progress progress) {
    return (double) steps / progress.stepsPerEpoch();
  }

  private static long stepOfBest(Progress progress) {
    return progress.evaluations().stream()
        .filter(row -> loss(row) == progress.bestLoss())
        .findFirst()
        .orElseThrow()
        .step();
  }

  private static double loss(Evaluation evaluation) {
    return evaluation.validation().loss();
  }
}
