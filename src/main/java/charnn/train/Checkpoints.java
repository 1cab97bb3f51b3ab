package charnn.train;

import charnn.checkpoint.CheckpointWriter;
import charnn.checkpoint.KeptModels;
import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.model.Model;
import charnn.model.TrainingState;
import charnn.optim.DivergenceException;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The checkpoints of a run: which files there are, and when the last one is due. They are written
 * in the background.
 */
final class Checkpoints implements AutoCloseable {
  /** The end of an epoch is saved after this fraction of the usual interval: 1/10. */
  private static final int EPOCH_PART = 10;

  private final RunDirectory directory;
  private final double everySeconds;
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
  private final CheckpointWriter writer = new CheckpointWriter(warnings);
  private final KeptModels kept;
  private long keepEvery; // steps; 0: no models are kept
  private Path lastKept; // null: none yet
  private double savedAt; // seconds of the run

  Checkpoints(RunDirectory directory, Duration every) {
    this.directory = directory;
    kept = KeptModels.of(directory);
    keepEvery = kept.every();
    this.everySeconds = every.toMillis() / 1e3;
  }

  /** The interval begins at so many seconds of the run. */
  void restartInterval(double seconds) {
    savedAt = seconds;
  }

  /** Returns whether it is time to save, and the writer is not busy. */
  boolean isDue(double seconds, boolean epochEnds) {
    return seconds - savedAt > (epochEnds ? everySeconds / EPOCH_PART : everySeconds)
        && writer.isIdle();
  }

  /**
   * Writes the last checkpoint, from which the run resumes.
   *
   * @param model whose parameters change no more
   * @param state likewise
   */
  void writeLast(Model model, TrainingState state) {
    writer.write(directory.last(), model, state, null);
  }

  /** Writes the checkpoint for rollbacks, from which the run can resume as well. */
  void writeForRollback(Model model, TrainingState state) {
    writer.write(directory.rollback(), model, state, directory.last());
  }

  /** Writes the best model, which is to sample from. */
  void writeBest(Model model) {
    writer.write(directory.best(), model, null, null);
  }

  /** Returns whether the model of a step is to be kept. */
  boolean isToKeep(long step) {
    return keepEvery > 0 && step % keepEvery == 0;
  }

  /**
   * Keeps the model of a step, as {@link KeptModels} does. Waits until the one before is written,
   * so that few wait in memory; one that cannot be written is given up.
   *
   * @param model whose parameters change no more
   */
  void keep(long step, Model model) {
    try {
      if (lastKept != null) {
        writer.flush(lastKept);
      }
    } catch (IOException e) {
      writer.drop(lastKept);
    }
    try {
      keepEvery = kept.makeRoom(model.network().parameters().length);
    } catch (IOException e) {
      warnings.add("cannot delete kept models: " + CheckpointWriter.reason(e));
    }
    if (isToKeep(step)) {
      lastKept = kept.file(step);
      writer.write(lastKept, model, null, null);
    }
  }

  /** Forgets the models that were kept after a step, because training goes on from there. */
  void keepUntil(long step) {
    try {
      if (lastKept != null) {
        writer.flush(lastKept);
      }
      kept.deleteAfter(step);
    } catch (IOException e) {
      warnings.add("cannot delete kept models: " + CheckpointWriter.reason(e));
    }
  }

  /** Returns whether there is a valid checkpoint for a rollback from a step. */
  boolean canRollBack(long step) {
    try {
      return ModelFile.readCheckpoint(directory.rollback()).model().progress().step() <= step
          && step > 0;
    } catch (ModelFileException e) {
      return false;
    }
  }

  /**
   * Reads the checkpoint for rollbacks.
   *
   * @param cause of the rollback
   * @throws TrainingException if it cannot be saved
   */
  ModelFile.Checkpoint readForRollback(DivergenceException cause) throws IOException {
    try {
      writer.flush(directory.rollback());
    } catch (IOException e) {
      throw new TrainingException(
          cause.getMessage()
              + ", and rollback failed: cannot save "
              + directory.rollback()
              + ": "
              + CheckpointWriter.reason(e));
    }
    // The rollback checkpoint is gone if the folder vanished.
    return ModelFile.readCheckpoint(
        Files.exists(directory.rollback()) ? directory.rollback() : directory.last());
  }

  /**
   * Waits until all is written.
   *
   * @throws TrainingException if something could not be
   */
  void flush() throws TrainingException {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new TrainingException(
          Sentence.of(
              "cannot save run '%s': %s; %s",
              directory.name(),
              CheckpointWriter.reason(e),
              directory.isResumable()
                  ? Sentence.of(
                      "what was saved before is kept. Make room, and continue with %s",
                      Setting.RESUME)
                  : "nothing is saved yet. Make room, and start it again"),
          e);
    }
  }

  /** Returns, once, whether the folder had to be made again. */
  boolean takeFolderRemade() {
    return writer.takeFolderRemade();
  }

  /** Passes on what the user should know since the last call. */
  void takeWarnings(Consumer<String> warned) {
    for (String warning = warnings.poll(); warning != null; warning = warnings.poll()) {
      warned.accept(warning);
    }
  }

  /** Returns the name of the run. */
  String runName() {
    return directory.name();
  }

  @Override
  public void close() {
    writer.close();
  }
}
