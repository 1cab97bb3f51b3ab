package charnn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FootprintTest {
  private static final Footprint ENGINE =
      new Footprint(3, 1, cell -> cell.gates() == 1 ? 1 : 9, 8, 32, 1e9, 0, cell -> 1);

  @Test
  void bytesAreThoseOfParametersAndOfActivations() {
    NetworkSpec architecture = new NetworkSpec(CellType.RNN, 64, 96, 2);
    double parameters = architecture.parameterCount();
    // Of each of 2 layers of 96: a gate, a state, a stash; then an input gradient, and logits.
    double activations = (9 + 7) * 5 * (3 * 2 * 96 + 96 + 64);
    assertThat(ENGINE.bytes(CellType.RNN, 2, 96, 64, 9, 5, false, 4))
        .isEqualTo(4 * (7 * parameters + activations));
    assertThat(ENGINE.bytes(CellType.RNN, 2, 96, 64, 9, 5, true, 4))
        .as("dropout keeps a mask and its product")
        .isEqualTo(4 * (7 * parameters + activations + (9 + 7) * 5 * 2 * 2 * 96));
  }

  /** The mLSTM has its intermediate state, besides. */
  @ParameterizedTest
  @CsvSource({"LSTM,1", "GRU,0", "RNN,0", "MLSTM,2", "PHASED_LSTM,1"})
  void ownEnginesStashTanhOfACellState(CellType cell, int stashed) {
    for (EngineType kind : EngineType.values()) {
      if (kind != EngineType.DL4J || cell.hasDl4jLayer()) {
        assertThat(kind.footprint().stash().applyAsInt(cell)).isEqualTo(stashed);
      }
    }
  }

  @Test
  void theLongestArrayIsThatOfTheGatesOrOfTheLogits() {
    NetworkSpec lstm = new NetworkSpec(CellType.LSTM, 100, 64, 1);
    NetworkSpec rnn = new NetworkSpec(CellType.RNN, 100, 64, 1);
    assertThat(Footprint.longestArray(lstm, 8, 1)).isEqualTo(4 * 128 * 16 * 2);
    assertThat(Footprint.longestArray(rnn, 8, 1)).isEqualTo(164 * 16 * 2);
  }

  @Test
  void threadsWithoutRowsOrUnitsAreIdleForTwoThirdsOfTheWork() {
    assertThat(ENGINE.threadUtilization(2, 128, 16)).isEqualTo(1);
    assertThat(ENGINE.threadUtilization(4, 128, 16)).isEqualTo(1);
    assertThat(ENGINE.threadUtilization(8, 128, 16))
        .isCloseTo(1 / (4 / 3.0 + 1 / 3.0), within(1e-9));
  }
}
