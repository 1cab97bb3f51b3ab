package charnn.plan;

import charnn.data.Direction;
import charnn.data.ValidationFrom;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.nn.CellType;
import charnn.util.Durations;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user asks for. The plan follows from it, the text and the machine's speed.
 *
 * @param cell of the recurrent layers
 * @param layers recurrent layers
 * @param hiddenSize units of each
 * @param hyperparameters but for their plan and engine
 * @param length of the run
 * @param reportEvery steps between two rows of metrics; 0: a tenth of those between two evaluations
 */
public record TrainingSettings(
    CellType cell,
    int layers,
    int hiddenSize,
    Hyperparameters hyperparameters,
    RunLength length,
    long reportEvery) {
  /**
   * @throws charnn.util.InvalidSettingException if a value is out of its range
   */
  public TrainingSettings {
    Setting.REPORT_EVERY.require(reportEvery);
  }

  public static final String TIME = "10m";
  public static final RunLength DEFAULT_LENGTH =
      new RunLength.Time(Durations.parse(Setting.TIME, TIME));

  /** Returns the settings that a model was trained with. */
  public static TrainingSettings of(Model model) {
    Hyperparameters hyperparameters = model.hyperparameters();
    return new TrainingSettings(
        model.network().architecture().cell(),
        model.network().architecture().layers(),
        model.network().architecture().hiddenSize(),
        hyperparameters,
        hyperparameters.horizon().seconds() > 0
            ? new RunLength.Time(
                Duration.ofMillis(Math.round(hyperparameters.horizon().seconds() * 1e3)))
            : new RunLength.Steps(hyperparameters.totalSteps()),
        hyperparameters.reportEvery() == hyperparameters.defaultReportEvery()
            ? 0
            : hyperparameters.reportEvery());
  }

  /** Returns the same for a model that reads in this direction. */
  public TrainingSettings reading(Direction direction) {
    return new TrainingSettings(
        cell,
        layers,
        hiddenSize,
        hyperparameters.toBuilder().set(Hyperparameters.DIRECTION, direction).build(),
        length,
        reportEvery);
  }

  /** Returns the same with windows of another length, and another fraction held out. */
  public TrainingSettings fitted(int seqLength, double validationFraction) {
    return new TrainingSettings(
        cell,
        layers,
        hiddenSize,
        hyperparameters.toBuilder()
            .set(Hyperparameters.SEQ_LENGTH, seqLength)
            .set(Hyperparameters.VALIDATION, validationFraction)
            .build(),
        length,
        reportEvery);
  }

  /** Returns the same with the validation set from elsewhere. */
  public TrainingSettings holdingOut(ValidationFrom from) {
    return new TrainingSettings(
        cell,
        layers,
        hiddenSize,
        hyperparameters.toBuilder().set(Hyperparameters.VALIDATION_FROM, from).build(),
        length,
        reportEvery);
  }

  /**
   * Returns where they differ from other settings, in words, except length, report interval and
   * what else a resumed run may change.
   *
   * @param onPurpose whether the user says that changes are meant
   */
  public List<Sentence> differences(TrainingSettings other, boolean onPurpose) {
    List<Sentence> differences = new ArrayList<>();
    compare(differences, Setting.CELL, cell, other.cell);
    compare(differences, Setting.LAYERS, layers, other.layers);
    compare(differences, Setting.HIDDEN_SIZE, hiddenSize, other.hiddenSize);
    differences.addAll(hyperparameters.differences(other.hyperparameters, onPurpose));
    return differences;
  }

  private static void compare(
      List<Sentence> differences, Setting setting, Object mine, Object others) {
    if (!mine.equals(others)) {
      differences.add(Sentence.of("%s %s", setting, mine));
    }
  }
}
