package charnn.report;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.nn.CellType;
import charnn.util.Sentence;
import charnn.util.Setting;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Report(CellType cell, Sentence whatToDo) {}

  @Test
  void cellsAndOptionsAreCalledAsOnTheCommandLine() {
    Report report = new Report(CellType.RNN, Sentence.of("lower %s", Setting.LEARNING_RATE));
    assertThat(Json.of(report, setting -> "--" + setting))
        .contains("\"cell\": \"rnn\"", "\"what_to_do\": \"lower --learning rate\"");
  }
}
