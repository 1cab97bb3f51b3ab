package charnn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessStartTest {
  /** The name of a process may contain parentheses and blanks. */
  @Test
  void theAgeIsUptimeWithoutTheStart() {
    String stat =
        "4711 (a) b (c) S 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 223 56 184";
    assertThat(ProcessStart.ageSeconds(stat, "990.15 1234.56\n")).isCloseTo(2.5, within(1e-9));
  }

  /** In a test, the process began long before the command. */
  @Test
  void withoutTheLauncherItIsNow() {
    long before = System.nanoTime();
    assertThat(ProcessStart.nanos()).isBetween(before, System.nanoTime());
  }
}
