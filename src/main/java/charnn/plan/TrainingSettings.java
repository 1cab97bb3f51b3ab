package charnn.plan;

import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Regularization;
import charnn.model.Schedule;
import charnn.util.Durations;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a run as given by the user. The hyperparameters follow from them, the text and
 * the machine's speed.
 *
 * @param layers LSTM layers
 * @param hiddenSize units of each
 * @param batchSize B
 * @param seqLength T
 * @param regularization against overfitting
 * @param schedule of the learning rate
 * @param validationFraction the last part of the text
 * @param windows order of batches
 * @param seed of everything random
 * @param length of the run
 * @param patience evaluations without a new best after which training stops early; 0: never
 * @param reportEvery steps between two rows of metrics; 0: a tenth of those between two evaluations
 */
public record TrainingSettings(
    int layers,
    int hiddenSize,
    int batchSize,
    int seqLength,
    Regularization regularization,
    Schedule schedule,
    double validationFraction,
    Hyperparameters.Order windows,
    long seed,
    RunLength length,
    int patience,
    long reportEvery) {
  /**
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  public TrainingSettings {
    Hyperparameters.requireInRange(batchSize, seqLength, validationFraction, patience);
    Setting.REPORT_EVERY.require(reportEvery);
  }

  public static final double VALIDATION_FRACTION = 0.1;
  public static final long SEED = 1;
  public static final int PATIENCE = 10;
  public static final String TIME = "10m";
  public static final RunLength DEFAULT_LENGTH =
      new RunLength.Time(Durations.parse(Setting.TIME, TIME));

  /** Returns the settings that a model was trained with. */
  public static TrainingSettings of(Model model) {
    Hyperparameters hyperparameters = model.hyperparameters();
    return new TrainingSettings(
        model.network().architecture().layers(),
        model.network().architecture().hiddenSize(),
        hyperparameters.batchSize(),
        hyperparameters.seqLength(),
        hyperparameters.regularization(),
        hyperparameters.schedule(),
        hyperparameters.validationFraction(),
        hyperparameters.windows(),
        hyperparameters.seed(),
        hyperparameters.horizon().seconds() > 0
            ? new RunLength.Time(
                Duration.ofMillis(Math.round(hyperparameters.horizon().seconds() * 1e3)))
            : new RunLength.Steps(hyperparameters.totalSteps()),
        hyperparameters.patience(),
        hyperparameters.reportEvery() == hyperparameters.defaultReportEvery()
            ? 0
            : hyperparameters.reportEvery());
  }

  /**
   * Returns the differences to other settings in words, except length, patience and report
   * interval, which a resumed run may change.
   */
  public List<Sentence> differences(TrainingSettings other) {
    List<Sentence> differences = new ArrayList<>();
    compare(differences, Setting.LAYERS, layers, other.layers);
    compare(differences, Setting.HIDDEN_SIZE, hiddenSize, other.hiddenSize);
    compare(differences, Setting.BATCH_SIZE, batchSize, other.batchSize);
    compare(differences, Setting.SEQ_LENGTH, seqLength, other.seqLength);
    compare(differences, Setting.DROPOUT, regularization.dropout(), other.regularization.dropout());
    compare(
        differences,
        Setting.LOCKED_DROPOUT,
        regularization.lockedDropout(),
        other.regularization.lockedDropout());
    compare(
        differences,
        Setting.WEIGHT_DROP,
        regularization.weightDrop(),
        other.regularization.weightDrop());
    compare(
        differences,
        Setting.WEIGHT_DECAY,
        regularization.weightDecay(),
        other.regularization.weightDecay());
    compare(
        differences, Setting.LEARNING_RATE, schedule.learningRate(), other.schedule.learningRate());
    compare(
        differences, Setting.INPUT_FACTOR, schedule.inputFactor(), other.schedule.inputFactor());
    compare(
        differences,
        Setting.RECURRENT_FACTOR,
        schedule.recurrentFactor(),
        other.schedule.recurrentFactor());
    compare(differences, Setting.DECAY_EVERY, schedule.decayEvery(), other.schedule.decayEvery());
    compare(
        differences, Setting.DECAY_FACTOR, schedule.decayFactor(), other.schedule.decayFactor());
    compare(differences, Setting.VALIDATION, validationFraction, other.validationFraction);
    compare(differences, Setting.WINDOWS, windows, other.windows);
    compare(differences, Setting.SEED, seed, other.seed);
    return differences;
  }

  private static void compare(
      List<Sentence> differences, Setting setting, Object mine, Object others) {
    if (!mine.equals(others)) {
      differences.add(Sentence.of("%s %s, not %s", setting, mine, others));
    }
  }
}
