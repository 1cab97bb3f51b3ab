package charnn.engine.scalar;

import charnn.engine.Engine;
import charnn.engine.EngineContract;

class ScalarEngineTest extends EngineContract {
  @Override
  protected Engine engine(int threads) {
    return new ScalarEngine(threads);
  }
}
