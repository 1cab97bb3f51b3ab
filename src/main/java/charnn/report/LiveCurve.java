package charnn.report;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps the losses of a run that is being trained, to draw them. */
public final class LiveCurve implements TrainingListener, Picture {
  /** Rows of a drawing, with its legend. */
  private static final int ROWS = 10;

  /** Rows of the terminal that stay free for the status and the lines above. */
  private static final int FREE_ROWS = 4;

  private static final int MOST_COLUMNS = 100;

  private final Path metrics;
  private final LossCurve.Style style;
  private final boolean isWanted;
  private final List<double[]> rows = new ArrayList<>();
  private double validation = Double.NaN; // measured since the last row

  /**
   * @param metrics metrics.csv of the run, which is read when training starts
   * @param isWanted whether it is drawn at all
   */
  public LiveCurve(Path metrics, LossCurve.Style style, boolean isWanted) {
    this.metrics = metrics;
    this.style = style;
    this.isWanted = isWanted;
  }

  @Override
  public void started(Model model) throws IOException {
    keepUpTo(model.progress());
  }

  @Override
  public void rolledBack(Model model, String reason) throws IOException {
    keepUpTo(model.progress());
  }

  private synchronized void keepUpTo(Progress progress) throws IOException {
    if (!isWanted) {
      return;
    }
    NumberTable table = NumberTable.read(metrics);
    double[] steps = table.column("step");
    double[] losses = table.column("loss");
    double[] validations = table.column("held_out_loss");
    rows.clear();
    for (int i = 0; i < steps.length; i++) {
      if (steps[i] <= progress.step()) {
        rows.add(new double[] {steps[i], losses[i], validations[i]});
      }
    }
    validation = Double.NaN;
  }

  @Override
  public synchronized void evaluated(Progress.Evaluation evaluation, boolean best) {
    validation = evaluation.validation().loss();
  }

  @Override
  public synchronized void reported(Metrics reported) {
    if (!isWanted) {
      return;
    }
    rows.add(new double[] {reported.step(), reported.training().loss(), validation});
    validation = Double.NaN;
  }

  @Override
  public synchronized List<String> lines(int columns, int height) {
    return !isWanted || height < ROWS + FREE_ROWS
        ? List.of()
        : LossCurve.of(
            new NumberTable(List.of("step", "loss", "held_out_loss"), rows),
            style,
            Math.min(MOST_COLUMNS, columns - 1),
            ROWS);
  }
}
