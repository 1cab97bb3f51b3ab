package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.util.ThreadTeam;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // It is open, not called.
class WarmUpTest {
  private static final RunLength SHORT = new RunLength.Time(Duration.ofSeconds(5));

  @Test
  @Timeout(60)
  void runsBesideAShortRunUntilClosed() throws InterruptedException {
    try (WarmUp warmUp = start(SHORT)) {
      assertThat(isRunning()).isTrue();
    }
    awaitEnd();
  }

  @Test
  @Timeout(60)
  void longRunsDoNotNeedIt() throws InterruptedException {
    awaitEnd(); // that of another test
    try (WarmUp warmUp = start(new RunLength.Time(Duration.ofMinutes(1)));
        WarmUp another = start(new RunLength.Steps(1))) {
      assertThat(isRunning()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  @Timeout(60)
  void warmsTheCellOfTheRun(CellType cell) throws InterruptedException {
    awaitEnd();
    try (WarmUp warmUp = start(SHORT, cell, 2)) {
      Thread.sleep(100);
      assertThat(isRunning()).isTrue();
    }
    awaitEnd();
  }

  @Test
  @Timeout(60)
  void oneThreadIsLeftToTheRun() throws InterruptedException {
    awaitEnd();
    try (WarmUp warmUp = start(SHORT, CellType.LSTM, 1)) {
      assertThat(isRunning()).isFalse();
    }
  }

  private static WarmUp start(RunLength length) {
    return start(length, CellType.LSTM, 2);
  }

  private static WarmUp start(RunLength length, CellType cell, int threads) {
    try (ThreadTeam workers = new ThreadTeam(threads)) {
      return WarmUp.start(EngineType.fastest(), cell, length, workers);
    }
  }

  private static void awaitEnd() throws InterruptedException {
    while (isRunning()) {
      Thread.sleep(10);
    }
  }

  private static boolean isRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(WarmUp.THREAD));
  }
}
