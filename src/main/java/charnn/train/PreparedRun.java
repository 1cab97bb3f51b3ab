package charnn.train;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.data.TrainValidationSplit;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.TextStatistics;
import charnn.model.TrainingState;
import charnn.plan.TrainingClock;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A run, new or resumed, that is checked and ready to train. {@link RunPreparation} prepares it.
 *
 * @param start the model to start from; training changes its parameters
 * @param state of the optimizer and the streams of text; changed too
 * @param split of the text
 * @param before hyperparameters of the checkpoint; those of the start if the run is new
 * @param clock of this process
 * @param rowsFollow whether the report interval changes with the evaluation interval
 */
public record PreparedRun(
    EngineType kind,
    ThreadTeam workers,
    Model start,
    TrainingState state,
    TrainValidationSplit split,
    Hyperparameters before,
    TrainingClock clock,
    boolean rowsFollow) {

  /**
   * How training ended.
   *
   * @param model as training left it
   */
  public record Result(Outcome outcome, Model model) {}

  /**
   * Trains to the run's end, or until interrupted.
   *
   * @param directory where to save; made by the caller
   * @param listener notified on this thread
   * @param checkpointEvery checkpoint interval, besides evaluations and the end
   * @param interruption checked before every step and during evaluations; once true, everything is
   *     saved and training stops
   * @throws TrainingException if training diverged too often
   * @throws IOException if the final or the interrupted state cannot be saved
   */
  public Result train(
      RunDirectory directory,
      TrainingListener listener,
      Duration checkpointEvery,
      BooleanSupplier interruption)
      throws IOException {
    return train(directory, listener, checkpointEvery, interruption, RunExecutor.LOCAL);
  }

  /**
   * As {@link #train(RunDirectory, TrainingListener, Duration, BooleanSupplier)}, with steps and
   * evaluations computed elsewhere.
   */
  public Result train(
      RunDirectory directory,
      TrainingListener listener,
      Duration checkpointEvery,
      BooleanSupplier interruption,
      RunExecutor.Factory executors)
      throws IOException {
    try (Trainer trainer =
        new Trainer(this, directory, listener, checkpointEvery, interruption, executors)) {
      return new Result(trainer.run(), trainer.model());
    }
  }

  /** Returns the same with a clock that shows so many seconds now. */
  public PreparedRun begun(double seconds) {
    return new PreparedRun(
        kind, workers, start, state, split, before, clock.showing(seconds), rowsFollow);
  }

  /**
   * Saves the start of a run that is to be trained later, perhaps by another process that resumes
   * it.
   *
   * @param directory made if it is not there
   */
  public void saveStart(RunDirectory directory) throws IOException {
    directory.create();
    ModelFile.write(directory.rollback(), start, state);
  }

  /** Returns the progress before training. */
  public Progress progress() {
    return start.progress();
  }

  /** Returns the statistics of the text. */
  public TextStatistics text() {
    return start.provenance().text();
  }

  /** Returns whether training is complete already. */
  public boolean isFinished() {
    return progress().isFinished(start.hyperparameters(), text());
  }

  /** Returns whether training stopped before its last step because the loss fell no more. */
  public boolean isStoppedEarly() {
    return progress().isStoppedEarly(start.hyperparameters(), text());
  }
}
