package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.model.GuardState;
import charnn.model.TextStatistics;
import charnn.optim.DivergenceException;
import org.junit.jupiter.api.Test;

class DivergenceGuardTest {
  private static final int V = 8;
  private static final int[] MIXED = {0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 1, 1, 2}; // 1.909 nats
  private static final int[] ONE = {0, 0, 0, 0, 0, 0, 0, 0};
  private static final double RATE = 0.02;

  private final DivergenceGuard guard = new DivergenceGuard(text(1.5, 0.8), V);
  private long step;

  private static TextStatistics text(double entropy, double contextLoss) {
    return new TextStatistics(entropy, contextLoss, 10_000, 1000, 3, 0, 0);
  }

  private void steps(int count, double loss, double rate, int[] targets)
      throws DivergenceException {
    for (int i = 0; i < count; i++) {
      guard.stepped(++step, loss, rate, targets, false);
    }
  }

  private void steps(int count, double loss) throws DivergenceException {
    steps(count, loss, RATE, MIXED);
  }

  @Test
  void aLowLossIsSound() throws DivergenceException {
    steps(100, 2.1);
    steps(20_000, 0.9);
    assertThat(guard.isSound()).isTrue();
  }

  @Test
  void aJumpFromWhichTheModelRecoversIsNoDivergence() throws DivergenceException {
    for (int block = 0; block < 50; block++) {
      steps(500, 0.0001, RATE, ONE);
      steps(20, 12);
      steps(230, 1.95); // No model foresees more of random characters.
    }
    assertThat(guard.state().highWindows()).isZero();
  }

  @Test
  void aLossThatStaysHighIsDivergence() throws DivergenceException {
    steps(500, 0.9);
    assertThatThrownBy(() -> steps(1000, 2.5))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("stays at 2.500", "unigram entropy of 1.909", "at step 750");
  }

  @Test
  void withAHighRateItIsFoundInTwoWindows() {
    assertThatThrownBy(() -> steps(1000, 26, 10, MIXED)).isInstanceOf(DivergenceException.class);
    assertThat(step).isEqualTo(2 * DivergenceGuard.WINDOW);
  }

  /** A low rate needs more steps to come back. */
  @Test
  void withALowRateThereIsMoreTime() throws DivergenceException {
    steps(500, 0.9, 1e-4, MIXED);
    steps(20_000, 5, 1e-4, MIXED);
    steps(500, 0.9, 1e-4, MIXED);
    assertThatCode(() -> steps(100_000, 2.08, 1e-30, MIXED)).doesNotThrowAnyException();
  }

  @Test
  void aLossThatIsNeverBetterThanFrequenciesIsDivergenceAfterAVeryLongWay()
      throws DivergenceException {
    steps(4000, 1.95);
    assertThatThrownBy(() -> steps(2000, 1.95))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("nothing is learnt", "stays at 1.950");
    assertThat(step).isEqualTo(5000);
    guard.rolledBack();
    for (int i = 0; i < 20_000; i++) {
      guard.stepped(++step, 1.95, RATE, MIXED, true);
    }
  }

  @Test
  void randomTextCannotBeForeseen() throws DivergenceException {
    DivergenceGuard ofNoise = new DivergenceGuard(text(1.9, 1.9), V);
    for (int i = 0; i < 20_000; i++) {
      ofNoise.stepped(++step, 1.95, RATE, MIXED, false);
    }
    assertThat(ofNoise.isSound()).isTrue();
  }

  @Test
  void nothingIsGoneBackToWhileTheLossIsHigh() throws DivergenceException {
    steps(10, 2.1);
    assertThat(guard.isSound()).isTrue(); // as ignorant as any network at first
    steps(10, 2.1, 1, MIXED);
    assertThat(guard.isSound()).isFalse(); // and any longer
    steps(100, 1.0);
    assertThat(guard.isSound()).isTrue();
    steps(10, 9);
    assertThat(guard.isSound()).isFalse();
  }

  @Test
  void halvingsAreGivenBackLaterAndLater() throws DivergenceException {
    steps(950, 0.9);
    assertThat(guard.isLongHealthy(1)).isFalse();
    steps(50, 0.9);
    assertThat(guard.isLongHealthy(1)).isTrue();
    assertThat(guard.isLongHealthy(2)).isFalse();
    steps(3000, 0.9);
    assertThat(guard.isLongHealthy(2)).isTrue();
    assertThat(guard.isLongHealthy(1_000_000)).isFalse();
    guard.undidHalving();
    assertThat(guard.isLongHealthy(1)).isFalse();
    steps(1000, 0.9);
    guard.rolledBack();
    assertThat(guard.isLongHealthy(1)).isFalse();
  }

  @Test
  void aStateIsTakenUpInAWindow() throws DivergenceException {
    steps(70, 2.5);
    GuardState state = guard.state();
    assertThat(state.windowSteps()).isEqualTo(20);
    DivergenceGuard other = new DivergenceGuard(text(1.5, 0.8), V);
    other.restore(state);
    for (int i = 0; i < state.windowSteps(); i++) {
      other.count(MIXED);
    }
    for (int i = 0; i < 200; i++) {
      double loss = 0.5 + i % 3;
      guard.stepped(71 + i, loss, RATE, i % 2 == 0 ? ONE : MIXED, false);
      other.stepped(71 + i, loss, RATE, i % 2 == 0 ? ONE : MIXED, false);
      assertThat(other.state()).isEqualTo(guard.state());
    }
  }
}
