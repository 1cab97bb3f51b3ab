package charnn.engine.simd;

import charnn.nn.CellType;

class SimdMlstmTest extends SimdEngineTest {
  @Override
  protected CellType cell() {
    return CellType.MLSTM;
  }
}
