package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.data.ValidationFrom;
import charnn.data.input.CorpusInput;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.plan.HyperparameterAdvisor;
import charnn.plan.Preset;
import charnn.plan.RunLength;
import charnn.plan.ShortText;
import charnn.plan.TrainingSettings;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The settings of a training run; null where not given, so that a resumed run keeps its own. */
public final class SettingsOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Network size: ${COMPLETION-CANDIDATES} (default: chosen from the text and the time, as all settings without a default).")
  private Preset preset;

  @Option(names = "--layers", paramLabel = "N", description = "Number of recurrent layers.")
  private Integer layers;

  @Option(names = "--hidden", paramLabel = "H", description = "Hidden units of each layer.")
  private Integer hidden;

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description =
          "Recurrent cell: ${COMPLETION-CANDIDATES} (default: lstm). docs/cells.md compares them.")
  private CellType cell;

  @Option(
      names = "--direction",
      paramLabel = "DIRECTION",
      description =
          "Direction in which the text is read: ${COMPLETION-CANDIDATES}. A model that reads backwards writes what comes before an ending; both: a model of each, with half of --time (default: forward).")
  private Directions directions;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "Batch size: contiguous streams per step.")
  private Integer batchSize;

  @Option(
      names = "--seq-length",
      paramLabel = "T",
      description = "Sequence length: characters per stream and step (truncated BPTT).")
  private Integer seqLength;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "Dropout probability of each layer's outputs, 0 to below 1.")
  private Double dropout;

  @Option(
      names = "--locked-dropout",
      negatable = true,
      defaultValue = Option.NULL_VALUE,
      fallbackValue = "true",
      description =
          "Locked (variational) dropout: one mask for all characters of a step, or a new one for each.")
  private Boolean lockedDropout;

  @Option(
      names = "--weight-drop",
      paramLabel = "P",
      description = "Weight drop (DropConnect) probability of each recurrent weight, 0 to below 1.")
  private Double weightDrop;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description =
          "Decoupled weight decay: weights shrink by D times the learning rate per step, 0 to 1 (default: "
              + HyperparameterAdvisor.WEIGHT_DECAY
              + ").")
  private Double weightDecay;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description =
          "Peak learning rate of Adam; cosine decay from there (default: "
              + HyperparameterAdvisor.LEARNING_RATE
              + "; of phased-lstm "
              + HyperparameterAdvisor.PHASED_LEARNING_RATE
              + ").")
  private Double learningRate;

  @Option(
      names = "--lr-input-factor",
      paramLabel = "F",
      description =
          "Learning-rate factor of the first layer's input weights (default: "
              + HyperparameterAdvisor.INPUT_FACTOR
              + ").")
  private Double inputFactor;

  @Option(
      names = "--lr-recurrent-factor",
      paramLabel = "F",
      description =
          "Learning-rate factor of the recurrent layers' other weights (default: "
              + HyperparameterAdvisor.RECURRENT_FACTOR
              + ").")
  private Double recurrentFactor;

  @Option(
      names = "--lr-decay-every",
      paramLabel = "K",
      description =
          "Step decay: multiply the rate by --lr-decay-factor every K steps; 0: cosine decay.")
  private Long decayEvery;

  @Option(
      names = "--lr-decay-factor",
      paramLabel = "F",
      description = "See --lr-decay-every (default: " + Hyperparameters.DEFAULT_DECAY_FACTOR + ").")
  private Double decayFactor;

  @Option(
      names = "--validation",
      paramLabel = "P",
      description =
          "Validation fraction: part of the text, not trained on, 0 to 0.5 (default: "
              + Hyperparameters.VALIDATION_FRACTION
              + ").")
  private Double validation;

  @Option(
      names = "--validation-from",
      paramLabel = "WHERE",
      description =
          "Where the validation set is taken from: ${COMPLETION-CANDIDATES} (as --validation-corpus says); spread: whole documents, or pieces of one text, from all over it (default: spread for documents, else last).")
  private ValidationFrom validationFrom;

  @Option(
      names = "--validation-corpus",
      paramLabel = "FILE",
      arity = "1..*",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "Validate on these texts, and train on all of --corpus. Characters that do not occur there are left out.")
  private List<CorpusInput> validationCorpus = List.of();

  @Option(
      names = "--windows",
      paramLabel = "ORDER",
      description =
          "Batches: ${COMPLETION-CANDIDATES}; stream carries the state from step to step, random starts at zero state (default: stream).")
  private Hyperparameters.Order windows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Random seed; the same seed and settings give the same model (default: "
              + Hyperparameters.DEFAULT_SEED
              + ").")
  private Long seed;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Early stopping: end after N evaluations without a lower validation loss, unless the validation set is unlike the training text; 0: never (default: "
              + Hyperparameters.DEFAULT_PATIENCE
              + ").")
  private Integer patience;

  @Option(
      names = "--report-every",
      paramLabel = "K",
      description =
          "Steps between two rows of metrics.csv, besides one at each evaluation (default: 0, a tenth of the steps between evaluations).")
  private Long reportEvery;

  @ArgGroup private LengthOptions length;

  /** Returns whether a model is asked for that reads forwards, and one that reads backwards. */
  public boolean isPair() {
    return directions == Directions.BOTH;
  }

  /**
   * Takes the directions of a run to resume.
   *
   * @param pair whether it has a model for each
   * @throws UsageException if others are asked for
   */
  public void requireDirections(String run, boolean pair) {
    if (pair && directions == null) {
      directions = Directions.BOTH;
    }
    if (pair != isPair() && directions != null) {
      throw new UsageException(
          format(
              "run '%s' has %s: resume it without --direction %s, or start a new run",
              run, pair ? "a model for each direction" : "one model", directions));
    }
  }

  /** Returns the length given, else another; of a pair, that of each of its models. */
  RunLength length(RunLength other) {
    return length == null ? other : isPair() ? half(length.length()) : length.length();
  }

  /** Returns the usual length, of a pair that of each of its models. */
  RunLength defaultLength() {
    return isPair() ? half(TrainingSettings.DEFAULT_LENGTH) : TrainingSettings.DEFAULT_LENGTH;
  }

  /** Returns half of a time. Steps and epochs are those of each model. */
  private static RunLength half(RunLength length) {
    if (!(length instanceof RunLength.Time time)) {
      return length;
    }
    if (time.time().toSeconds() < 2) {
      throw new UsageException(
          "--direction both shares --time between two models; give 2s or more");
    }
    return new RunLength.Time(time.time().dividedBy(2));
  }

  /** Returns where the validation set is taken from; null if that is not given. */
  ValidationFrom validationFrom() {
    return validationCorpus.isEmpty() ? validationFrom : ValidationFrom.CORPUS;
  }

  /** Returns what to validate on instead of a part of the text; empty if that is not given. */
  public List<CorpusInput> validationCorpus() {
    return validationCorpus;
  }

  /**
   * Checks the place of a new run's validation set.
   *
   * @throws UsageException if it is in two places, or in none
   */
  void requireValidation() {
    if (validationCorpus.isEmpty() && validationFrom == ValidationFrom.CORPUS) {
      throw new UsageException("--validation-from corpus needs --validation-corpus FILE");
    }
    if (!validationCorpus.isEmpty()
        && (validation != null
            || validationFrom != null && validationFrom != ValidationFrom.CORPUS)) {
      throw new UsageException(
          "--validation-corpus is all that is held out; omit it, or omit --validation and --validation-from");
    }
  }

  /** Returns the fraction of the text of so many characters in the validation set. */
  double validationFraction(long characters) {
    Setting.VALIDATION.require(usualValidationFraction());
    return validationCorpus.isEmpty() ? ShortText.validationFraction(characters, validation) : 0;
  }

  private double usualValidationFraction() {
    return !validationCorpus.isEmpty()
        ? 0
        : validation == null ? Hyperparameters.VALIDATION_FRACTION : validation;
  }

  /**
   * Returns what a short text changes of the settings that are given or usual.
   *
   * @param characters of the text
   * @param fitted settings for it
   */
  Optional<Sentence> changeForShortText(long characters, TrainingSettings fitted) {
    return ShortText.change(
        characters,
        fitted.hyperparameters(),
        seqLength == null ? HyperparameterAdvisor.SEQ_LENGTH : seqLength,
        batchSize == null ? HyperparameterAdvisor.batchSize(fitted.hiddenSize()) : batchSize,
        usualValidationFraction());
  }

  /**
   * Returns the cell.
   *
   * @param from whose cell to take where none is given; may be null
   */
  CellType cell(NetworkSpec from) {
    return cell != null ? cell : from != null ? from.cell() : CellType.LSTM;
  }

  /**
   * Returns the settings, those not given as planned.
   *
   * @param plan of a network of the same cell
   * @param start whose layers, units and direction to take where they are not given; may be null
   * @param fraction of the text in the validation set
   */
  TrainingSettings over(HyperparameterAdvisor plan, Model start, double fraction) {
    NetworkSpec from = start == null ? null : start.network().architecture();
    int plannedLayers = preset != null ? preset.layers() : from != null ? from.layers() : 1;
    int plannedHidden =
        preset != null ? preset.hiddenSize() : from != null ? from.hiddenSize() : plan.hiddenSize();
    int plannedUnits = hidden == null ? plannedHidden : hidden;
    if (seqLength != null) {
      Setting.SEQ_LENGTH.require(seqLength);
    }
    int fitted = ShortText.seqLength(plan.trainingCharacters(), seqLength);
    TrainingSettings planned =
        plan.settings(
            layers == null ? plannedLayers : layers,
            plannedUnits,
            batchSize == null
                ? ShortText.batchSize(
                    plan.trainingCharacters(),
                    fitted,
                    HyperparameterAdvisor.batchSize(plannedUnits))
                : batchSize,
            fitted);
    return over(start == null ? planned : planned.reading(start.hyperparameters().direction()))
        .fitted(fitted, fraction);
  }

  /** Returns the settings, those not given taken from others. */
  public TrainingSettings over(TrainingSettings others) {
    Hyperparameters.Builder hyperparameters =
        others.hyperparameters().toBuilder()
            .set(Hyperparameters.BATCH_SIZE, batchSize)
            .set(Hyperparameters.SEQ_LENGTH, seqLength)
            .set(Hyperparameters.DROPOUT, dropout)
            .set(Hyperparameters.LOCKED_DROPOUT, lockedDropout)
            .set(Hyperparameters.WEIGHT_DROP, weightDrop)
            .set(Hyperparameters.WEIGHT_DECAY, weightDecay)
            .set(Hyperparameters.LEARNING_RATE, learningRate)
            .set(Hyperparameters.INPUT_FACTOR, inputFactor)
            .set(Hyperparameters.RECURRENT_FACTOR, recurrentFactor)
            .set(Hyperparameters.DECAY_EVERY, decayEvery)
            .set(Hyperparameters.DECAY_FACTOR, decayFactor)
            .set(Hyperparameters.VALIDATION, validationCorpus.isEmpty() ? validation : (Double) 0.0)
            .set(Hyperparameters.VALIDATION_FROM, validationFrom())
            .set(Hyperparameters.WINDOWS, windows)
            .set(Hyperparameters.SEED, seed)
            .set(Hyperparameters.PATIENCE, patience)
            .set(Hyperparameters.DIRECTION, directions == null ? null : directions.one());
    if (decayFactor != null && hyperparameters.get(Hyperparameters.DECAY_EVERY) == 0) {
      throw new UsageException("--lr-decay-factor needs --lr-decay-every");
    }
    return new TrainingSettings(
        cell != null ? cell : others.cell(),
        layers != null ? layers : preset != null ? preset.layers() : others.layers(),
        hidden != null ? hidden : preset != null ? preset.hiddenSize() : others.hiddenSize(),
        hyperparameters.build(),
        length(others.length()),
        reportEvery == null ? others.reportEvery() : reportEvery);
  }
}
