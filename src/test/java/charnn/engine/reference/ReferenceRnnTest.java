package charnn.engine.reference;

import charnn.nn.CellType;

class ReferenceRnnTest extends ReferenceEngineTest {
  @Override
  protected CellType cell() {
    return CellType.RNN;
  }
}
