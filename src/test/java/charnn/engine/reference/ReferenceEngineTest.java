package charnn.engine.reference;

import charnn.engine.Engine;
import charnn.engine.EngineContract;
import charnn.util.ThreadTeam;

class ReferenceEngineTest extends EngineContract {
  @Override
  protected Engine engine(ThreadTeam workers) {
    return new ReferenceEngine(workers);
  }
}
