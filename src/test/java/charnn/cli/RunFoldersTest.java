package charnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Models;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.model.ScheduleHorizon;
import charnn.model.TextStatistics;
import charnn.model.TrainingState;
import charnn.nn.LossMetrics;
import charnn.train.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFoldersTest {
  private static final int STEPS = 1000;
  private static final TextStatistics ALIKE = new TextStatistics(3, 2, 9000, 1000, 3, 0.02, 0.01);
  private static final TextStatistics UNLIKE = new TextStatistics(3, 2, 9000, 1000, 3, 0.9, 0.01);

  @TempDir private Path folder;

  @Test
  void aRunThatHasStoppedEarlyIsNotTheOneToResume() throws IOException {
    write(4, ALIKE);
    assertThatThrownBy(this::toResume)
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("no unfinished run");
    write(4, UNLIKE);
    assertThat(toResume()).isEqualTo("run");
  }

  /** Whether its validation set is unlike the training text shows when it is resumed. */
  @Test
  void aRunOfAnEarlierVersionIsOfferedUnlessItsStepsAreDone() throws IOException {
    write(4, null);
    assertThat(toResume()).isEqualTo("run");
    write(STEPS, null);
    assertThatThrownBy(this::toResume).isInstanceOf(TrainingException.class);
  }

  private String toResume() throws IOException {
    return new RunFolders(null, folder, null).toResume().name();
  }

  /** Writes a run whose validation loss has risen three times, which is all its patience. */
  private void write(int step, TextStatistics text) throws IOException {
    Model any = Models.random("ab", 2, 1);
    List<Progress.Evaluation> rising =
        IntStream.range(0, 4)
            .mapToObj(i -> new Progress.Evaluation(i + 1, 2, 1, new LossMetrics(100 + i, 50, 100)))
            .toList();
    Hyperparameters hyperparameters =
        any.hyperparameters().toBuilder()
            .plan(new ScheduleHorizon(STEPS, 0, 0, 0, 0), 1, 1)
            .set(Hyperparameters.PATIENCE, 3)
            .build();
    Provenance before = any.provenance();
    Model model =
        new Model(
            any.network(),
            any.vocabulary(),
            hyperparameters,
            new Progress(
                step, 5, 1000, 1, LossMetrics.NONE, rising, 1, 0, 0, false, null, null, null),
            new Provenance(
                before.corpus(),
                null,
                before.decoding(),
                before.textSha256(),
                before.charnn(),
                before.java(),
                before.os(),
                before.cpu(),
                before.arithmetic(),
                text));
    RunDirectory run = RunDirectory.named(folder, "run");
    run.create();
    TrainingState state =
        TrainingState.initial(any.network().architecture(), hyperparameters.batchSize());
    ModelFile.write(run.last(), model, state);
  }
}
