package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.nn.CellType;
import charnn.util.Sentence;
import charnn.util.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  private record Report(CellType cell, Sentence whatToDo) {}

  /** A constant of an enum may be a class of its own. */
  @ParameterizedTest
  @CsvSource({"GRU,gru", "PHASED_LSTM,phased-lstm"})
  void everyCellIsCalledAsOnTheCommandLine(CellType cell, String name) {
    assertThat(Json.of(new Report(cell, null), Setting::toString))
        .contains("\"cell\": \"" + name + "\"");
  }

  @Test
  void cellsAndOptionsAreCalledAsOnTheCommandLine() {
    Report report = new Report(CellType.RNN, Sentence.of("lower %s", Setting.LEARNING_RATE));
    assertThat(Json.of(report, setting -> "--" + setting))
        .contains("\"cell\": \"rnn\"", "\"what_to_do\": \"lower --learning rate\"");
  }
}
