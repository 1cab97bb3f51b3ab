package charnn.report;

import static charnn.util.Formats.format;

import charnn.model.Model;
import charnn.optim.StepSizes;
import charnn.train.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes layers.csv, which has a row for each step that was measured: the norm of the gradient
 * before clipping, and for each layer the root mean squares of gradient, weights and update.
 */
public final class LayersCsv implements TrainingListener {
  private final AppendLog file;
  private int columns;
  private String header;

  /**
   * @param warnings notified when writing starts to fail; the rows are kept and written later
   */
  public LayersCsv(Path file, Consumer<String> warnings) {
    this.file = new AppendLog(file, warnings);
  }

  @Override
  public void started(Model model) throws IOException {
    int layers = model.network().architecture().layers();
    StringBuilder names = new StringBuilder("step,gradient_norm");
    for (int layer = 1; layer <= layers + 1; layer++) {
      String name = layer <= layers ? Integer.toString(layer) : "output";
      names.append(format(",gradient_%s,weights_%s,update_%s", name, name, name));
    }
    columns = names.toString().split(",").length;
    header = names + "\n";
    file.open();
    keepUpTo(model.progress().step());
  }

  @Override
  public void rolledBack(Model model, String reason) throws IOException {
    keepUpTo(model.progress().step());
  }

  /** Keeps the rows up to a step. Work that is pending after it does not measure it again. */
  private void keepUpTo(long step) throws IOException {
    StringBuilder kept = new StringBuilder(header);
    AppendLog.wholeLines(file.bytes())
        .lines()
        .skip(1)
        .filter(row -> MetricsCsv.stepOf(row, columns) <= step)
        .forEach(row -> kept.append(row).append('\n'));
    file.keep(kept.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void folderRemade() throws IOException {
    file.keep((header + AppendLog.wholeLines(file.bytes())).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void entered(Phase phase, long step) {
    file.retry();
  }

  @Override
  public void measured(long step, StepSizes sizes) {
    StringBuilder row = new StringBuilder(format("%d,%.6g", step, sizes.gradientNorm()));
    for (StepSizes.Layer layer : sizes.layers()) {
      row.append(format(",%.6g,%.6g,%.6g", layer.gradient(), layer.weights(), layer.update()));
    }
    file.append(row.append('\n').toString());
  }
}
