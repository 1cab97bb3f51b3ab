package charnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.TrainingState;
import charnn.optim.DivergenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final Model MODEL = Models.random("some text", 4, 1); // at step 17

  @TempDir private Path folder;
  private RunDirectory directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = new RunDirectory(Files.createDirectories(folder.resolve("run")));
  }

  private static TrainingState state() {
    return TrainingState.initial(
        MODEL.network().architecture(), MODEL.hyperparameters().batchSize());
  }

  @Test
  void theLastCheckpointIsDueAfterTheIntervalAndEarlierAtTheEndOfAnEpoch() {
    try (Checkpoints checkpoints = new Checkpoints(directory, Duration.ofSeconds(100))) {
      checkpoints.restartInterval(1000);
      assertThat(checkpoints.isDue(1100, false)).isFalse();
      assertThat(checkpoints.isDue(1100.1, false)).isTrue();
      assertThat(checkpoints.isDue(1010, true)).isFalse();
      assertThat(checkpoints.isDue(1010.1, true)).isTrue();
    }
  }

  @Test
  void whatIsWrittenIsThereAfterAFlush() throws IOException {
    try (Checkpoints checkpoints = new Checkpoints(directory, Duration.ofMinutes(1))) {
      assertThat(checkpoints.canRollBack(17)).isFalse();
      checkpoints.writeForRollback(MODEL, state());
      checkpoints.writeBest(MODEL);
      checkpoints.writeLast(MODEL, state());
      checkpoints.flush();
      assertThat(ModelFile.readCheckpoint(directory.last()).training()).isPresent();
      assertThat(ModelFile.read(directory.best()).progress().step()).isEqualTo(17);
      assertThat(checkpoints.canRollBack(17)).isTrue();
      assertThat(checkpoints.canRollBack(16)).isFalse(); // It is of a later step.
    }
  }

  @Test
  void aRollbackReadsTheLastCheckpointIfItsOwnIsGone() throws IOException {
    DivergenceException cause = new DivergenceException("the loss became NaN");
    try (Checkpoints checkpoints = new Checkpoints(directory, Duration.ofMinutes(1))) {
      checkpoints.writeLast(MODEL, state());
      checkpoints.flush();
      assertThat(checkpoints.readForRollback(cause).model().progress().step()).isEqualTo(17);
    }
  }

  @Test
  void whatCannotBeSavedIsAnErrorThatNamesTheRunAndAWarning() throws IOException {
    Files.createDirectories(directory.last().resolve("in the way"));
    try (Checkpoints checkpoints = new Checkpoints(directory, Duration.ofMinutes(1))) {
      checkpoints.writeLast(MODEL, state());
      assertThatThrownBy(checkpoints::flush)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("cannot save run 'run'");
      List<String> warnings = new ArrayList<>();
      checkpoints.takeWarnings(warnings::add);
      assertThat(warnings).singleElement().asString().contains("cannot save");
    }
  }
}
