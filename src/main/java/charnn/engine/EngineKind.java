package charnn.engine;

import charnn.engine.dl4j.Dl4jEngine;
import charnn.engine.scalar.ScalarEngine;
import charnn.engine.simd.SimdEngine;

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

  /**
   * Returns the engine.
   *
   * @param workers share its work; DL4J's own library has threads of its own
   */
  public abstract Engine create(Workers workers);

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
}
