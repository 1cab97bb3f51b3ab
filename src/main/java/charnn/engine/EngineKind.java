package charnn.engine;

import charnn.engine.dl4j.Dl4jEngine;
import charnn.engine.scalar.ScalarEngine;
import charnn.engine.simd.PeakRate;
import charnn.engine.simd.SimdEngine;
import java.util.Locale;

/** The engines to choose from. Choosing one loads no other: ND4J takes seconds to start. */
public enum EngineKind {
  /** Loops on the Vector API: the fast one. */
  SIMD {
    @Override
    public Engine create(Workers workers) {
      return new SimdEngine(workers);
    }
  },
  /** Plain loops in Java: the readable reference, which runs everywhere. */
  SCALAR {
    @Override
    public Engine create(Workers workers) {
      return new ScalarEngine(workers);
    }
  },
  /** Stock DL4J on ND4J: slow, for comparison; trains only on windows from zero state. */
  DL4J {
    @Override
    public Engine create(Workers workers) {
      return new Dl4jEngine();
    }
  };

  /** The option of the Java virtual machine without which {@link #SIMD} cannot run. */
  public static final String SIMD_NEEDS = "--add-modules jdk.incubator.vector";

  /**
   * Returns the engine.
   *
   * @param workers share its work; DL4J's own library has threads of its own
   */
  public abstract Engine create(Workers workers);

  /** Returns the fastest engine that this Java can run. */
  public static EngineKind fastest() {
    return hasVectorApi() ? SIMD : SCALAR;
  }

  private static boolean hasVectorApi() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /**
   * Returns the engine of a name as on the command line.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EngineKind of(String name) {
    for (EngineKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("there is no engine '" + name + "'");
  }

  /** Tells whether this Java can run the engine. */
  public boolean isAvailable() {
    return this != SIMD || hasVectorApi();
  }

  /**
   * Checks that this Java can run the engine.
   *
   * @throws IllegalArgumentException if not
   */
  public void requireAvailable() {
    if (!isAvailable()) {
      throw new IllegalArgumentException(
          "--engine simd needs Java to be started with " + SIMD_NEEDS + "; scripts/charnn does");
    }
  }

  /**
   * Returns as many workers as it can use.
   *
   * @param threads that the user allows, 1 or more
   */
  public Workers workers(int threads) {
    return new Workers(this == DL4J ? 1 : threads);
  }

  /** Tells whether it can train with the state carried from window to window. */
  public boolean carriesState() {
    return this != DL4J;
  }

  /** Tells whether it can drop the same units all through a window. */
  public boolean locksDropout() {
    return this != DL4J;
  }

  /**
   * Measures the rate of large matrix products, in operations per second; 0 where there is no
   * Vector API to measure it with.
   */
  public static double peakRate(Workers workers) {
    return hasVectorApi() ? PeakRate.measure(workers) : 0;
  }

  /** Returns the engine as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
