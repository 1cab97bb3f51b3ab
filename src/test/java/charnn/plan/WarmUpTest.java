package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.registry.EngineType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("try") // It is open, not called.
class WarmUpTest {
  @Test
  @Timeout(60)
  void runsBesideAShortRunUntilClosed() throws InterruptedException {
    try (WarmUp warmUp = start(new RunLength.Time(Duration.ofSeconds(5)))) {
      assertThat(isRunning()).isTrue();
    }
    while (isRunning()) {
      Thread.sleep(10);
    }
  }

  @Test
  @Timeout(60)
  void longRunsDoNotNeedIt() throws InterruptedException {
    while (isRunning()) {
      Thread.sleep(10); // that of the other test
    }
    try (WarmUp warmUp = start(new RunLength.Time(Duration.ofMinutes(1)));
        WarmUp another = start(new RunLength.Steps(1))) {
      assertThat(isRunning()).isFalse();
    }
  }

  private static WarmUp start(RunLength length) {
    return WarmUp.start(EngineType.fastest(), length);
  }

  private static boolean isRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(WarmUp.THREAD));
  }
}
