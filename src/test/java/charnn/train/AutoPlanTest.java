package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AutoPlanTest {
  private static final double SECOND = 150e9; // operations, on two cores
  private static final int CHARACTERS = 1_000_000;

  private static AutoPlan plan(long characters, int minutes) {
    RunLength length = new RunLength.Time(Duration.ofMinutes(minutes));
    return new AutoPlan(characters, 65, length, minutes * 60 * SECOND, true);
  }

  @Test
  void moreTimeMakesAWiderNetworkOfTheSameText() {
    int before = 0;
    for (int minutes : new int[] {1, 10, 45, 600}) {
      int width = plan(CHARACTERS, minutes).hiddenSize();
      assertThat(width).as("%d minutes", minutes).isGreaterThan(before);
      before = width;
    }
  }

  @Test
  void moreTextMakesANarrowerNetworkInTheSameTime() {
    assertThat(plan(20 * CHARACTERS, 10).hiddenSize())
        .isLessThan(plan(CHARACTERS, 10).hiddenSize());
  }

  @Test
  void aSmallTextOrAShortTimeMakesANarrowNetwork() {
    assertThat(plan(3000, 10).hiddenSize()).isEqualTo(128);
    assertThat(plan(97_738, 600).hiddenSize()).isEqualTo(768);
    RunLength length = new RunLength.Time(Duration.ofSeconds(2));
    assertThat(new AutoPlan(10_000, 65, length, 2 * SECOND, true).hiddenSize()).isEqualTo(128);
  }

  @Test
  void theMoreOftenATextIsReadTheMoreIsDropped() {
    TrainingSettings once = plan(10 * CHARACTERS, 1).settings(1, 256, 16, 32);
    TrainingSettings often = plan(CHARACTERS, 10).settings(1, 256, 16, 32);
    TrainingSettings endlessly = plan(CHARACTERS, 10_000).settings(1, 256, 16, 32);
    assertThat(once.regularization().dropout()).isZero();
    assertThat(once.regularization().weightDrop()).isZero();
    assertThat(often.regularization().dropout()).isBetween(0.1, 0.5);
    assertThat(endlessly.regularization().dropout()).isEqualTo(0.5);
    assertThat(endlessly.regularization().weightDrop()).isEqualTo(0.5);
  }

  /** So that the same command gives the same model everywhere. */
  @Test
  void stepsAndEpochsArePlannedWithoutMeasuringTheMachine() {
    try (Workers workers = new Workers(1)) {
      RunLength steps = new RunLength.Steps(1000);
      AutoPlan one = AutoPlan.here(CHARACTERS, 65, steps, EngineKind.SCALAR, workers);
      assertThat(one).isEqualTo(AutoPlan.here(CHARACTERS, 65, steps, EngineKind.SIMD, workers));
      assertThat(one.settings(1, 256, 16, 32).length()).isEqualTo(steps);
    }
  }

  @Test
  void epochsDecideHowMuchIsDropped() {
    AutoPlan few = new AutoPlan(CHARACTERS, 65, new RunLength.Epochs(2), 1e14, true);
    AutoPlan many = new AutoPlan(CHARACTERS, 65, new RunLength.Epochs(100), 1e14, true);
    assertThat(few.settings(1, 512, 32, 32).regularization().dropout()).isZero();
    assertThat(many.settings(1, 512, 32, 32).regularization().dropout()).isEqualTo(0.5);
  }
}
