package charnn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.report.Colours;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalColoursTest {
  @ParameterizedTest
  @CsvSource({
    "TERM=xterm, 8, SIXTEEN",
    "TERM=xterm-16color, 16, SIXTEEN",
    "TERM=xterm-256color, 256, PALETTE",
    "TERM=xterm-direct, 16777216, TRUE",
    "TERM=vt100, 0, NONE",
    "TERM=xterm COLORTERM=truecolor, 8, TRUE",
    "TERM=xterm COLORTERM=24bit, 8, TRUE",
    "TERM=xterm COLORTERM=yes, 8, SIXTEEN",
    "TERM=xterm COLORTERM=truecolor NO_COLOR=1, 8, NONE",
    "TERM=xterm-256color NO_COLOR=, 256, PALETTE",
    "OS=Windows_NT, 0, PALETTE",
  })
  void theEnvironmentDecides(String environment, int count, Colours expected) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : environment.split(" ")) {
      String[] parts = variable.split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    assertThat(TerminalColours.of(variables::get, type -> count)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"xterm-256color, 256", "xterm, 8"})
  void theSystemKnowsTheUsualTypes(String type, int count) {
    assertThat(TerminalColours.count(type)).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource({"no-such-type-256color, 256", "no-such-type, 8"})
  void anUnknownTypeIsJudgedByItsName(String type, int count) {
    assertThat(TerminalColours.count(type)).isEqualTo(count);
  }
}
