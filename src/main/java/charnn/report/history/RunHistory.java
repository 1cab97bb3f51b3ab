package charnn.report.history;

import charnn.checkpoint.RunDirectory;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.report.NumberTable;
import charnn.train.TrainingDiagnosis;
import charnn.util.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a run was trained.
 *
 * @param name of the run
 * @param model the latest of it
 * @param metrics rows as in metrics.csv; of a model without its run's folder, its evaluations
 * @param layers rows as in layers.csv; without columns if they were not recorded
 * @param events in the order of their steps
 */
public record RunHistory(
    String name,
    Model model,
    NumberTable metrics,
    NumberTable layers,
    List<TrainingSample> samples,
    List<TrainingEvent> events,
    TrainingDiagnosis diagnosis) {
  /** What the curves are drawn over: columns of the rows. */
  public enum Axis {
    STEPS("step", "step"),
    CHARACTERS("characters", "characters trained on"),
    EPOCHS("epoch", "epoch"),
    TIME("seconds", "seconds of training");

    private final String column;
    private final String title;

    Axis(String column, String title) {
      this.column = column;
      this.title = title;
    }

    /** Returns the axis that a column of the rows is, if it is one. */
    static Optional<Axis> ofColumn(String column) {
      return Arrays.stream(values()).filter(axis -> axis.column.equals(column)).findFirst();
    }

    public String column() {
      return column;
    }

    public String title() {
      return title;
    }

    /** Returns the axis as it is called on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  // Columns of metrics.csv:
  static final String STEP = "step";
  static final String RATE = "learning_rate";
  static final String LOSS = "loss";
  static final String ACCURACY = "accuracy";
  static final String VALIDATION_LOSS = "held_out_loss";
  static final String VALIDATION_ACCURACY = "held_out_accuracy";

  private static final List<String> COLUMNS =
      List.of(
          STEP,
          "epoch",
          "characters",
          RATE,
          LOSS,
          ACCURACY,
          VALIDATION_LOSS,
          VALIDATION_ACCURACY,
          "seconds");

  /**
   * Reads what there is of a run.
   *
   * @param name of it
   * @param file the model's; beside it are the others, if it is in its run's folder
   * @param model in that file
   * @param checkpoint the latest of the same run; empty if there is none
   * @param names the option of each setting
   */
  public static RunHistory read(
      String name,
      Path file,
      Model model,
      Optional<Model> checkpoint,
      Function<Setting, String> names)
      throws IOException {
    Model latest = checkpoint.orElse(model);
    RunDirectory run = new RunDirectory(file.toAbsolutePath().getParent());
    boolean isOfRun =
        Set.of(run.best(), run.last(), run.rollback()).contains(file.toAbsolutePath());
    NumberTable metrics =
        isOfRun ? NumberTable.read(run.metrics()) : new NumberTable(List.of(), List.of());
    if (!metrics.has(LOSS)) {
      metrics = evaluations(latest.progress());
    }
    TrainingDiagnosis diagnosis = TrainingDiagnosis.of(latest);
    List<TrainingEvent> events =
        new ArrayList<>(
            isOfRun
                ? TrainingEvent.read(run.log(), latest.progress().changes(), names)
                : TrainingEvent.read(Path.of(""), latest.progress().changes(), names));
    if (diagnosis.kind() == TrainingDiagnosis.Kind.OVERFITTING) {
      events.add(
          new TrainingEvent(
              bestStep(latest.progress()),
              TrainingEvent.Kind.OVERFITTING,
              diagnosis.finding().naming(names)));
    }
    return new RunHistory(
        name,
        latest,
        metrics,
        isOfRun ? NumberTable.read(run.layers()) : new NumberTable(List.of(), List.of()),
        isOfRun ? TrainingSample.read(run.samples()) : List.of(),
        events,
        diagnosis);
  }

  private static long bestStep(Progress progress) {
    List<Progress.Evaluation> rows = progress.evaluationsSinceRateRose();
    return rows.get(rows.size() - 1 - progress.evaluationsSinceBest()).step();
  }

  /** Returns the evaluations that the model itself lists as rows; their times are not known. */
  private static NumberTable evaluations(Progress progress) {
    List<double[]> rows = new ArrayList<>();
    for (Progress.Evaluation evaluation : progress.evaluations()) {
      double part = (double) evaluation.step() / Math.max(1, progress.step());
      rows.add(
          new double[] {
            evaluation.step(),
            part * progress.epoch(),
            part * progress.charactersSeen(),
            evaluation.learningRate(),
            evaluation.trainingLoss(),
            Double.NaN,
            evaluation.validation().loss(),
            evaluation.validation().accuracy(),
            Double.NaN
          });
    }
    return new NumberTable(COLUMNS, rows);
  }

  /** Returns the names of the layers whose sizes were recorded, from the bottom up. */
  List<String> layerNames() {
    return layers.names().stream()
        .filter(column -> column.startsWith("weights_"))
        .map(column -> column.substring("weights_".length()))
        .toList();
  }

  /** Returns the evaluation with the lowest validation loss; empty if there is none. */
  Optional<Progress.Evaluation> best() {
    return model.progress().evaluations().stream()
        .filter(row -> row.validation().loss() == model.progress().bestLoss())
        .findFirst();
  }

  /** Returns the columns of an axis at some steps, linear between the rows of metrics. */
  double[] along(Axis axis, double[] steps) {
    double[] known = metrics.column(STEP);
    double[] values = metrics.column(axis.column());
    double[] along = new double[steps.length];
    int at = 0;
    for (int i = 0; i < steps.length; i++) {
      while (at < known.length - 1 && known[at] < steps[i]) {
        at++;
      }
      if (known.length == 0) {
        along[i] = axis == Axis.STEPS ? steps[i] : Double.NaN;
      } else if (axis == Axis.STEPS) {
        along[i] = steps[i];
      } else if (known[at] >= steps[i] && at > 0) {
        double part = (steps[i] - known[at - 1]) / (known[at] - known[at - 1]);
        along[i] = values[at - 1] + part * (values[at] - values[at - 1]);
      } else {
        along[i] = known[at] == 0 ? values[at] : values[at] * steps[i] / known[at];
      }
    }
    return along;
  }
}
