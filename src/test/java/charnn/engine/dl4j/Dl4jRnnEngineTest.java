package charnn.engine.dl4j;

import charnn.nn.CellType;

class Dl4jRnnEngineTest extends Dl4jEngineTest {
  @Override
  protected CellType cell() {
    return CellType.RNN;
  }
}
