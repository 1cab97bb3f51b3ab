package charnn.cli.options;

import charnn.engine.registry.EngineType;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import picocli.CommandLine.Option;

/** How many threads compute. */
public final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads to compute with; never changes the result (default: the processor's cores).")
  private Integer threads;

  /**
   * Returns the workers to compute with, which the caller closes.
   *
   * @throws charnn.util.InvalidSettingException if their number is out of its range
   */
  public ThreadTeam workers(EngineType kind) {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Setting.THREADS.require(count);
    return kind.workers(count);
  }
}
