package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.engine.registry.EngineType;
import picocli.CommandLine.Option;

/** What computes. */
public final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "What computes: ${COMPLETION-CANDIDATES} (default: simd, or scalar where Java lacks the Vector API).")
  private EngineType kind;

  /** Tells whether one was asked for. */
  public boolean isGiven() {
    return kind != null;
  }

  /**
   * Returns the engine that was asked for, else the fastest; says so if that is the slow one.
   *
   * @throws charnn.util.InvalidSettingException if the one asked for cannot run on this Java
   */
  public EngineType kind(Console console) {
    if (kind != null) {
      kind.requireAvailable();
      return kind;
    }
    EngineType fastest = EngineType.fastest();
    if (fastest != EngineType.SIMD) {
      console.say(EngineType.whyNoSimd() + "; using the slow engine");
    }
    return fastest;
  }
}
