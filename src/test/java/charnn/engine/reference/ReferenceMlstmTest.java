package charnn.engine.reference;

import charnn.nn.CellType;

class ReferenceMlstmTest extends ReferenceEngineTest {
  @Override
  protected CellType cell() {
    return CellType.MLSTM;
  }
}
