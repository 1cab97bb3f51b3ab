package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.data.Corpora;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.EncodedCorpus;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Models;
import charnn.nn.CellType;
import charnn.plan.Plan;
import charnn.plan.RunLength;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.util.InvalidSettingException;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPreparationTest {
  private static final String TEXT = "the cat sat on the mat. a rat ran to the cat. ".repeat(30);
  private static final ThreadTeam ONE = new ThreadTeam(1);

  @TempDir private Path folder;

  private Corpus corpus(String text) throws IOException {
    return Corpora.read(
        List.of(Files.writeString(folder.resolve("text.txt"), text)),
        new DecodingSettings(null, false));
  }

  private static TrainingSettings settings(double learningRate, RunLength length) {
    return new TrainingSettings(
        CellType.LSTM,
        1,
        6,
        Models.plain(4, 7, learningRate).set(Hyperparameters.SEED, 3L).build(),
        length,
        0);
  }

  private static TrainingSettings steps(long steps) {
    return settings(0.01, new RunLength.Steps(steps));
  }

  private NewRun planned(TrainingSettings settings, EngineType kind, ThreadTeam workers)
      throws IOException {
    return RunPreparation.create(
        settings,
        EncodedCorpus.of(corpus(TEXT)),
        null,
        kind,
        workers,
        new TrainingClock(System.nanoTime()),
        false);
  }

  private RunDirectory trained(TrainingSettings settings) throws IOException {
    RunDirectory directory = new RunDirectory(Files.createDirectories(folder.resolve("run")));
    planned(settings, EngineType.SCALAR, ONE)
        .run()
        .train(directory, TrainingListener.all(List.of()), Duration.ofMinutes(1), () -> false);
    return directory;
  }

  @Test
  void anotherTextIsRefused() throws IOException {
    RunDirectory directory = trained(steps(5));
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(directory.last());
    Corpus other = corpus(TEXT + "!");
    assertThatThrownBy(
            () ->
                RunPreparation.resume(
                    checkpoint,
                    other,
                    steps(5),
                    EngineType.SCALAR,
                    ONE,
                    new TrainingClock(System.nanoTime())))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another text (text.txt)");
  }

  @Test
  void aTextShorterThanAWindowIsRefused() throws IOException {
    Corpus tiny = corpus("short");
    assertThatThrownBy(
            () ->
                RunPreparation.create(
                    settings(0.01, TrainingSettings.DEFAULT_LENGTH),
                    EncodedCorpus.of(tiny),
                    null,
                    EngineType.SIMD,
                    ONE,
                    new TrainingClock(System.nanoTime()),
                    false))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("too short");
  }

  @Test
  void theSpeedIsMeasuredForALongRunOnly() throws IOException {
    Plan longPlan = planned(steps(1_000_000_000), EngineType.SIMD, ONE).plan();
    assertThat(longPlan.charactersPerSecond()).isPositive();
    assertThat(longPlan.seconds()).isGreaterThan(3600);
    assertThat(longPlan.epochs()).isGreaterThan(1e6);
    assertThat(planned(steps(100), EngineType.SIMD, ONE).plan().charactersPerSecond()).isZero();
  }

  @Test
  void aRunIsNotResumedWithOtherSettings() throws IOException {
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(trained(steps(5)).last());
    Corpus same = corpus(TEXT);
    TrainingSettings other = settings(0.02, new RunLength.Steps(5));
    assertThatThrownBy(
            () ->
                RunPreparation.resume(
                    checkpoint,
                    same,
                    other,
                    EngineType.SCALAR,
                    ONE,
                    new TrainingClock(System.nanoTime())))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(
            "the run has learning rate 0.01; it cannot be resumed with learning rate 0.02: leave that out,"
                + " change it on purpose with changing settings on purpose, or start a new run");
  }

  @Test
  void aResumedRunGoesOnWhereItsCheckpointWas() throws IOException {
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(trained(steps(5)).last());
    PreparedRun resumed =
        RunPreparation.resume(
            checkpoint,
            corpus(TEXT),
            steps(9),
            EngineType.SCALAR,
            ONE,
            new TrainingClock(System.nanoTime()));
    assertThat(resumed.progress().step()).isEqualTo(5);
    assertThat(resumed.isFinished()).isFalse();
    assertThat(resumed.start().hyperparameters().totalSteps()).isEqualTo(9);
    assertThat(resumed.before().totalSteps()).isEqualTo(5);
    assertThat(resumed.state()).isSameAs(checkpoint.training().orElseThrow());
  }
}
