package charnn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InterruptsTest {
  private final AtomicLong nanos = new AtomicLong(-500_000_000);
  private final List<String> done = new ArrayList<>();

  private void signal(Interrupts interrupts, String name, long later) {
    nanos.addAndGet(later);
    interrupts.interrupt(name, () -> done.add("saving"));
  }

  private Interrupts interrupts() {
    return new Interrupts(() -> {}, nanos::get, () -> done.add("ended"));
  }

  @Test
  void signalsWithinASecondAreOne() {
    try (Interrupts interrupts = interrupts()) {
      assertThat(interrupts.getAsBoolean()).isFalse();
      signal(interrupts, "INT", 0);
      signal(interrupts, "INT", 2_000_000);
      signal(interrupts, "INT", 997_999_999);
      assertThat(interrupts.getAsBoolean()).isTrue();
      assertThat(done).containsExactly("saving");
      signal(interrupts, "INT", 1);
      assertThat(done).containsExactly("saving", "ended");
    }
  }

  @Test
  void onlyCtrlCEndsAtOnce() {
    try (Interrupts interrupts = interrupts()) {
      signal(interrupts, "TERM", 0);
      signal(interrupts, "TERM", 5_000_000_000L);
      signal(interrupts, "HUP", 5_000_000_000L);
      assertThat(done).containsExactly("saving");
      signal(interrupts, "INT", 0);
      assertThat(done).containsExactly("saving", "ended");
    }
  }
}
