package charnn.report;

import static charnn.util.Formats.format;

import charnn.train.TrainingListener;
import java.util.Locale;

/** Writes into train.log when an evaluation begins and a checkpoint is taken. */
public final class PhaseLog implements TrainingListener {
  private final ProgressDisplay lines;

  public PhaseLog(ProgressDisplay lines) {
    this.lines = lines;
  }

  @Override
  public void entered(Phase phase, long step) {
    lines.line(format("%s: step %,d", phase.name().toLowerCase(Locale.ROOT), step));
  }
}
