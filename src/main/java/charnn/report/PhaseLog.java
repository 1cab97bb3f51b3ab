package charnn.report;

import static charnn.util.Formats.format;

import charnn.train.TrainingListener;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Logs to train.log when the steps, an evaluation or a checkpoint begin. */
public final class PhaseLog implements TrainingListener {
  private final ProgressDisplay display;
  private final DoubleSupplier seconds;

  /**
   * @param seconds since the start of this process
   */
  public PhaseLog(ProgressDisplay display, DoubleSupplier seconds) {
    this.display = display;
    this.seconds = seconds;
  }

  @Override
  public void entered(Phase phase, long step) {
    display.printLine(
        format(
            "%s: step %,d, %.2f s after the start",
            phase.name().toLowerCase(Locale.ROOT), step, seconds.getAsDouble()));
  }
}
