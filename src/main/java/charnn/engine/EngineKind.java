package charnn.engine;

import charnn.engine.dl4j.Dl4jEngine;
import charnn.engine.scalar.ScalarEngine;

/** The engines to choose from. Choosing one loads no other: ND4J takes seconds to start. */
public enum EngineKind {
  /** Plain loops in Java: the readable reference, which runs everywhere. */
  SCALAR {
    @Override
    public Engine create(int threads) {
      return new ScalarEngine(threads);
    }
  },
  /** Stock DL4J on ND4J: slow, for comparison; trains only on windows from zero state. */
  DL4J {
    @Override
    public Engine create(int threads) {
      return new Dl4jEngine();
    }
  };

  /**
   * Returns the engine.
   *
   * @param threads how many it may use, 1 or more; DL4J's own library chooses for itself
   */
  public abstract Engine create(int threads);

  /** Tells whether it can train with the state carried from window to window. */
  public boolean carriesState() {
    return this != DL4J;
  }
}
