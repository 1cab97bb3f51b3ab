package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.engine.registry.EngineType;
import picocli.CommandLine.Option;

/** The backend that computes. */
public final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "Compute backend: ${COMPLETION-CANDIDATES} (default: simd, or scalar where Java lacks the Vector API).")
  private EngineType kind;

  /** Returns whether a backend was given. */
  public boolean isGiven() {
    return kind != null;
  }

  /**
   * Returns the engine given, else the fastest available. Warns if that is the slow one.
   *
   * @throws charnn.util.InvalidSettingException if the engine given cannot run on this Java
   */
  public EngineType kind(Console console) {
    if (kind != null) {
      kind.requireAvailable();
      return kind;
    }
    EngineType fastest = EngineType.fastest();
    if (fastest != EngineType.SIMD) {
      console.log(EngineType.whyNoSimd() + "; using the slow engine");
    }
    return fastest;
  }
}
