package charnn.report;

import java.util.function.Supplier;

/**
 * Where progress is shown, by any thread: lasting lines, and a status that each newer one replaces.
 */
public interface ProgressDisplay extends AutoCloseable {
  /** Shows a line that stays. */
  void line(String line);

  /** Shows how things stand, if it is time to; else the status is not even made. */
  void status(Supplier<String> status);

  @Override
  void close();
}
