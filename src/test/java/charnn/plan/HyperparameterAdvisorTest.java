package charnn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.nn.CellType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HyperparameterAdvisorTest {
  private static final double SECOND = 150e9; // operations, on two cores
  private static final int CHARACTERS = 1_000_000;

  private static HyperparameterAdvisor plan(long characters, int minutes) {
    RunLength length = new RunLength.Time(Duration.ofMinutes(minutes));
    return new HyperparameterAdvisor(
        CellType.LSTM, characters, 65, length, minutes * 60 * SECOND, 2, EngineType.SIMD);
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

  /** Of the same time, a cell of fewer gates has more characters. */
  @Test
  void theCellDecidesTheRateAndHowMuchIsRead() {
    RunLength length = new RunLength.Time(Duration.ofMinutes(10));
    double before = 0;
    for (CellType cell : List.of(CellType.MLSTM, CellType.LSTM, CellType.GRU, CellType.RNN)) {
      HyperparameterAdvisor advisor =
          new HyperparameterAdvisor(cell, CHARACTERS, 65, length, 600 * SECOND, 2, EngineType.SIMD);
      Hyperparameters chosen = advisor.settings(1, 512, 32, 32).hyperparameters();
      assertThat(chosen.schedule().learningRate()).isEqualTo(0.014);
      // The more epochs, the more dropout.
      assertThat(chosen.regularization().dropout()).as("%s", cell).isGreaterThanOrEqualTo(before);
      before = chosen.regularization().dropout();
    }
    assertThat(HyperparameterAdvisor.learningRate(CellType.PHASED_LSTM)).isEqualTo(0.045);
    assertThat(EngineType.SIMD.footprint().pace().applyAsDouble(CellType.PHASED_LSTM))
        .isLessThan(1);
  }

  @Test
  void moreTextMakesANarrowerNetworkInTheSameTime() {
    assertThat(plan(20 * CHARACTERS, 10).hiddenSize())
        .isLessThan(plan(CHARACTERS, 10).hiddenSize());
  }

  @Test
  void aLongTextNeedNotBeReadOften() {
    assertThat(plan(100 * CHARACTERS, 10).hiddenSize()).isEqualTo(256);
  }

  @Test
  void aSmallTextOrAShortTimeMakesANarrowNetwork() {
    assertThat(plan(3000, 10).hiddenSize()).isEqualTo(128);
    assertThat(plan(97_738, 600).hiddenSize()).isEqualTo(512);
    RunLength length = new RunLength.Time(Duration.ofSeconds(2));
    assertThat(
            new HyperparameterAdvisor(
                    CellType.LSTM, 10_000, 65, length, 2 * SECOND, 2, EngineType.SIMD)
                .hiddenSize())
        .isEqualTo(128);
  }

  @Test
  void theMoreOftenATextIsReadTheMoreIsDropped() {
    TrainingSettings once = plan(10 * CHARACTERS, 1).settings(1, 256, 16, 32);
    TrainingSettings often = plan(CHARACTERS, 10).settings(1, 256, 16, 32);
    TrainingSettings endlessly = plan(CHARACTERS, 10_000).settings(1, 256, 16, 32);
    assertThat(once.hyperparameters().regularization().dropout()).isZero();
    assertThat(once.hyperparameters().regularization().weightDrop()).isZero();
    assertThat(often.hyperparameters().regularization().dropout()).isBetween(0.1, 0.5);
    assertThat(endlessly.hyperparameters().regularization().dropout()).isEqualTo(0.5);
    assertThat(endlessly.hyperparameters().regularization().weightDrop()).isEqualTo(0.7);
  }

  /** Dropping its recurrent weights costs an RNN its memory. */
  @Test
  void anRnnLosesFewOfItsRecurrentWeights() {
    RunLength length = new RunLength.Time(Duration.ofMinutes(1));
    HyperparameterAdvisor rnn =
        new HyperparameterAdvisor(
            CellType.RNN, 90_000, 65, length, 60 * SECOND, 2, EngineType.SIMD);
    Hyperparameters chosen = rnn.settings(1, 512, 32, 32).hyperparameters();
    assertThat(chosen.regularization().dropout()).isEqualTo(0.5);
    assertThat(chosen.regularization().weightDrop()).isEqualTo(0.1);
  }

  /** Two thirds of the work are shared by rows or by units, at least 8 or 32 for each thread. */
  @Test
  void manyThreadsHaveTooLittleToDoInASmallBatch() {
    RunLength length = new RunLength.Time(Duration.ofMinutes(10));
    HyperparameterAdvisor many =
        new HyperparameterAdvisor(
            CellType.LSTM, CHARACTERS, 65, length, 8 * 600 * SECOND, 16, EngineType.SIMD);
    // Of 16 threads, 8 have units out of 256: 8 times the operations count as 4.8 times.
    HyperparameterAdvisor less =
        new HyperparameterAdvisor(
            CellType.LSTM, CHARACTERS, 65, length, 4.8 * 600 * SECOND, 2, EngineType.SIMD);
    assertThat(many.settings(1, 256, 16, 32)).isEqualTo(less.settings(1, 256, 16, 32));
    // 128 rows are enough for all.
    HyperparameterAdvisor all =
        new HyperparameterAdvisor(
            CellType.LSTM, CHARACTERS, 65, length, 8 * 600 * SECOND, 2, EngineType.SIMD);
    assertThat(many.settings(1, 128, 128, 32)).isEqualTo(all.settings(1, 128, 128, 32));
  }

  /** So that the same command gives the same model everywhere. */
  @Test
  void stepsAndEpochsArePlannedWithoutMeasuringTheMachine() {
    RunLength steps = new RunLength.Steps(1000);
    HyperparameterAdvisor one =
        HyperparameterAdvisor.usual(CellType.LSTM, CHARACTERS, 65, steps, EngineType.SCALAR);
    HyperparameterAdvisor other =
        HyperparameterAdvisor.usual(CellType.LSTM, CHARACTERS, 65, steps, EngineType.SIMD);
    assertThat(one.hiddenSize()).isEqualTo(other.hiddenSize());
    assertThat(one.settings(1, 256, 16, 32)).isEqualTo(other.settings(1, 256, 16, 32));
    assertThat(one.settings(1, 256, 16, 32).length()).isEqualTo(steps);
  }

  private static HyperparameterAdvisor epochs(int epochs) {
    return new HyperparameterAdvisor(
        CellType.LSTM, CHARACTERS, 65, new RunLength.Epochs(epochs), 1e14, 1, EngineType.SIMD);
  }

  @Test
  void epochsDecideHowMuchIsDropped() {
    assertThat(epochs(2).settings(1, 512, 32, 32).hyperparameters().regularization().dropout())
        .isZero();
    assertThat(epochs(100).settings(1, 512, 32, 32).hyperparameters().regularization().dropout())
        .isEqualTo(0.5);
  }

  @Test
  void theSmallerTheTextTheMoreIsDropped() {
    TrainingSettings large = plan(CHARACTERS, 10).settings(1, 512, 32, 32);
    HyperparameterAdvisor small =
        new HyperparameterAdvisor(
            CellType.LSTM, CHARACTERS / 16, 65, new RunLength.Epochs(11), 1e14, 1, EngineType.SIMD);
    assertThat(large.hyperparameters().regularization().weightDrop()).isBetween(0.1, 0.2);
    assertThat(small.settings(1, 512, 32, 32).hyperparameters().regularization().weightDrop())
        .isBetween(0.3, 0.4);
  }
}
