package charnn.cli;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import picocli.CommandLine.Option;

/** What computes. */
final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "scalar",
      description = "What computes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  EngineKind kind;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads to compute with; never changes the result (default: the processor's cores).")
  private Integer threads;

  /**
   * Returns the workers to compute with, which the caller closes.
   *
   * @throws IllegalArgumentException if their number is out of its range
   */
  Workers workers() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || count > 1024) {
      throw new IllegalArgumentException("--threads must be 1 to 1024, got " + count);
    }
    return kind.workers(count);
  }
}
