package charnn.report;

/** Where progress is shown: lasting lines, and a status that each newer one replaces. */
public interface Lines extends AutoCloseable {
  /** Shows a line that stays. */
  void line(String line);

  /** Shows how things stand. */
  void status(String status);

  @Override
  void close();
}
