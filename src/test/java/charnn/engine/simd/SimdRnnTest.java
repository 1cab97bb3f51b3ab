package charnn.engine.simd;

import charnn.nn.CellType;

class SimdRnnTest extends SimdEngineTest {
  @Override
  protected CellType cell() {
    return CellType.RNN;
  }
}
