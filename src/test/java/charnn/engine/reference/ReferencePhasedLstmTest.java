package charnn.engine.reference;

import charnn.nn.CellType;

class ReferencePhasedLstmTest extends ReferenceEngineTest {
  @Override
  protected CellType cell() {
    return CellType.PHASED_LSTM;
  }
}
