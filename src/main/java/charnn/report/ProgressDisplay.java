package charnn.report;

import java.util.function.Supplier;

/**
 * Shows progress: permanent lines, and a status that the next status replaces. Safe for use by any
 * thread.
 */
public interface ProgressDisplay extends AutoCloseable {
  /** Prints a permanent line. */
  void printLine(String line);

  /** Shows a status, if one is due; else the supplier is not called. */
  void updateStatus(Supplier<String> status);

  /** Removes the status, until the next one: something else is printed. */
  default void clearStatus() {}

  @Override
  void close();
}
