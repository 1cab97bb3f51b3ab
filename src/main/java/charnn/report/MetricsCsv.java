package charnn.report;

import static charnn.util.Formats.format;

import charnn.model.Model;
import charnn.model.Progress;
import charnn.nn.LossMetrics;
import charnn.train.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Writes metrics.csv. The validation columns are empty in rows without an evaluation. The last
 * column is the elapsed time.
 */
public final class MetricsCsv implements TrainingListener {
  private static final String HEADER =
      "step,epoch,characters,learning_rate,loss,bits_per_character,accuracy,held_out_loss,held_out_accuracy,seconds\n";

  private static final int COLUMNS = HEADER.split(",").length;

  private final AppendLog file;
  private LossMetrics validation; // measured since the last row, or null

  /**
   * @param warnings notified when writing starts to fail; the rows are kept and written later
   */
  public MetricsCsv(Path file, Consumer<String> warnings) {
    this.file = new AppendLog(file, warnings);
  }

  @Override
  public void folderRemade() throws IOException {
    file.keep((HEADER + AppendLog.wholeLines(file.bytes())).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void rolledBack(Model model, String reason) throws IOException {
    file.keep(kept(model));
  }

  @Override
  public void entered(Phase phase, long step) {
    file.retry();
  }

  @Override
  public void started(Model model) throws IOException {
    file.open();
    file.keep(kept(model));
  }

  /** Returns the header and the rows up to the model's step. */
  private byte[] kept(Model model) throws IOException {
    validation = null;
    Progress progress = model.progress();
    long last = progress.workPending() ? progress.step() - 1 : progress.step();
    StringBuilder kept = new StringBuilder(HEADER);
    AppendLog.wholeLines(file.bytes())
        .lines()
        .skip(1)
        .filter(row -> stepOf(row, COLUMNS) <= last)
        .forEach(row -> kept.append(row).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the step of a row; {@link Long#MAX_VALUE} for a row that is cut off. */
  static long stepOf(String row, int columns) {
    int comma = row.indexOf(',');
    boolean whole = row.chars().filter(c -> c == ',').count() == columns - 1 && !row.endsWith(",");
    return whole && row.substring(0, comma).matches("\\d{1,18}")
        ? Long.parseLong(row.substring(0, comma))
        : Long.MAX_VALUE;
  }

  @Override
  public void evaluated(Progress.Evaluation evaluation, boolean best) {
    validation = evaluation.validation();
  }

  @Override
  public void reported(Metrics metrics) {
    file.append(
        format(
            "%d,%.4f,%d,%.8f,%.6f,%.6f,%.6f,%s,%s,%.1f\n",
            metrics.step(),
            metrics.epoch(),
            metrics.characters(),
            metrics.learningRate(),
            metrics.training().loss(),
            metrics.training().bitsPerCharacter(),
            metrics.training().accuracy(),
            validation == null ? "" : format("%.6f", validation.loss()),
            validation == null ? "" : format("%.6f", validation.accuracy()),
            metrics.seconds()));
    validation = null;
  }
}
