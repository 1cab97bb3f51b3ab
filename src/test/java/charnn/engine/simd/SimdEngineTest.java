package charnn.engine.simd;

import charnn.engine.Engine;
import charnn.engine.EngineContract;
import charnn.engine.Workers;

class SimdEngineTest extends EngineContract {
  @Override
  protected Engine engine(Workers workers) {
    return new SimdEngine(workers);
  }
}
