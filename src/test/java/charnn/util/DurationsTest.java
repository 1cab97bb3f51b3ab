package charnn.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "30s, 30",
    "0s, 0",
    "2m, 120",
    "90m, 5400",
    "1h30m, 5400",
    "8h, 28800",
    "2d, 172800",
    "1d2h3m4s, 93784",
    "1d4s, 86404",
    "999999999s, 999999999",
  })
  void readsNumbersWithUnits(String text, long seconds) {
    assertThat(Durations.parse(Setting.TIME, text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "30",
        "s",
        "1.5h",
        "-1h",
        "1 h",
        "1h 30m",
        "30m1h",
        "1h1h",
        "1H",
        "5min",
        "1w",
        "1234567890s",
        "٣s",
        "1h\n",
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(Setting.TIME, text))
        .withMessage(
            "training time must be a number with its unit s, m, h or d, such as 30s, 10m, 1h30m or 8h; got '"
                + text
                + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "45, 45s",
    "59, 59s",
    "60, 1m00s",
    "125, 2m05s",
    "3599, 59m59s",
    "3600, 1h00m",
    "5400, 1h30m",
    "86399, 23h59m",
    "86400, 1d00h",
    "187200, 2d04h",
    "187199, 2d03h",
    "31536000, 365d00h",
  })
  void writesTheTwoLargestUnits(long seconds, String text) {
    assertThat(Durations.format(Duration.ofSeconds(seconds))).isEqualTo(text);
    assertThat(Durations.format(Duration.ofSeconds(seconds).plusMillis(999))).isEqualTo(text);
  }
}
