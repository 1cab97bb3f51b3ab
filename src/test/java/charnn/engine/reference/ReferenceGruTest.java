package charnn.engine.reference;

import charnn.nn.CellType;

class ReferenceGruTest extends ReferenceEngineTest {
  @Override
  protected CellType cell() {
    return CellType.GRU;
  }
}
