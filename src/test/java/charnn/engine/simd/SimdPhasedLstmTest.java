package charnn.engine.simd;

import charnn.nn.CellType;

class SimdPhasedLstmTest extends SimdEngineTest {
  @Override
  protected CellType cell() {
    return CellType.PHASED_LSTM;
  }
}
