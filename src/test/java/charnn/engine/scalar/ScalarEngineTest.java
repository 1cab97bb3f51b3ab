package charnn.engine.scalar;

import charnn.engine.Engine;
import charnn.engine.EngineContract;
import charnn.engine.Workers;

class ScalarEngineTest extends EngineContract {
  @Override
  protected Engine engine(Workers workers) {
    return new ScalarEngine(workers);
  }
}
