package charnn.cli.options;

import charnn.engine.registry.EngineType;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import picocli.CommandLine.Option;

/** The number of compute threads. */
public final class ThreadsOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Compute threads; the result does not depend on them (default: one per core).")
  private Integer threads;

  /** Returns the number that is given, 0 if none is. */
  public int given() {
    return threads == null ? 0 : count();
  }

  /**
   * Returns the number of threads.
   *
   * @throws charnn.util.InvalidSettingException if it is out of its range
   */
  public int count() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    Setting.THREADS.require(count);
    return count;
  }

  /**
   * Returns the thread team, which the caller closes.
   *
   * @throws charnn.util.InvalidSettingException if their number is out of its range
   */
  public ThreadTeam workers(EngineType kind) {
    return kind.workers(count());
  }
}
