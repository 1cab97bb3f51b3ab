package charnn.report;

import static charnn.util.Formats.format;

import charnn.train.TrainingListener;
import java.util.Locale;

/** Logs the start of each evaluation and checkpoint to train.log. */
public final class PhaseLog implements TrainingListener {
  private final ProgressDisplay display;

  public PhaseLog(ProgressDisplay display) {
    this.display = display;
  }

  @Override
  public void entered(Phase phase, long step) {
    display.printLine(format("%s: step %,d", phase.name().toLowerCase(Locale.ROOT), step));
  }
}
