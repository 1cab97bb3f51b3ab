package charnn.engine.simd;

import charnn.nn.CellType;

class SimdGruTest extends SimdEngineTest {
  @Override
  protected CellType cell() {
    return CellType.GRU;
  }
}
