package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.options.UsageException;
import charnn.model.Model;
import charnn.model.TextStatistics;
import charnn.train.TrainingException;
import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Chooses the folder of a run to start or to resume.
 *
 * @param folder of all runs
 * @param name of the run; null if none is given
 */
record RunFolders(Console console, Path folder, String name) {
  /**
   * Returns whether the run ended before its first checkpoint: there is nothing to resume or lose.
   *
   * @param hasCorpus whether it is said what to train on
   */
  boolean isToRestart(boolean hasCorpus) throws IOException {
    if (name == null || !RunDirectory.named(folder, name).isEmpty()) {
      return false;
    }
    if (!hasCorpus) {
      throw failure(
          "run '%s' ended before anything was saved; start it again without --resume", name);
    }
    console.log("run '" + name + "' ended before anything was saved; starting it again");
    return true;
  }

  /** Returns the run to resume: the one named, else the unfinished one saved last. */
  RunDirectory toResume() throws IOException {
    if (name == null) {
      return lastUnfinished()
          .orElseThrow(
              () ->
                  failure(
                      "there is no unfinished run in %s to resume; name one with --name, or start one without --resume",
                      folder));
    }
    RunDirectory run = RunDirectory.named(folder, name);
    if (!run.isResumable()) {
      throw failure(
          "there is no run '%s' in %s to resume; start one without --resume and with another --name",
          name, folder);
    }
    run.requireRegularFiles();
    run.backward().requireRegularFiles();
    return run;
  }

  private Optional<RunDirectory> lastUnfinished() throws IOException {
    for (RunDirectory run : RunDirectory.all(folder)) {
      boolean isUnfinished = isUnfinished(run) || (run.isPair() && isUnfinished(run.backward()));
      if (run.isResumable() && isUnfinished) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  private static boolean isUnfinished(RunDirectory run) {
    try {
      Model model = ModelFile.read(run.newestCheckpoint(passedOver -> {}));
      TextStatistics text = model.provenance().text();
      // Of a run of an earlier version: only the text, when it is resumed, decides whether it has
      // stopped early.
      boolean isUndecided =
          text == null && model.progress().isStoppedEarly(model.hyperparameters(), null);
      return isUndecided || !model.progress().isFinished(model.hyperparameters(), text);
    } catch (ModelFileException e) {
      return false; // Nothing to resume from. Resuming it by name reports why.
    }
  }

  /**
   * Checks the name and creates the folder of all runs, before measuring spends the time budget.
   * {@link #claim} decides.
   *
   * @param defaultName where none is given
   */
  RunDirectory requireFree(String defaultName) throws IOException {
    if (name != null && RunDirectory.named(folder, name).name().equals(RunDirectory.BUNDLED)) {
      throw new UsageException("--name must not be '" + name + "': this is the bundled model");
    }
    RunDirectory run = RunDirectory.named(folder, name == null ? defaultName : name);
    if (name != null && PathState.isTaken(run.path()) && !Files.isDirectory(run.path())) {
      throw failure(
          "%s, not a run's folder; choose another --name", PathState.describe(run.path()));
    }
    if (name != null && Files.exists(run.path()) && !run.exists() && !run.isEmpty()) {
      throw failure("%s is a folder, but not of a run; choose another --name", run.path());
    }
    if (name != null && run.exists()) {
      throw failure(
          "run '%s' exists already in %s; add --resume to resume it, or choose another --name",
          name, folder);
    }
    if (PathState.isTaken(folder) && !Files.isDirectory(folder)) {
      throw failure(
          "%s, and the runs need a folder; choose another with --models-dir",
          PathState.describe(folder));
    }
    Files.createDirectories(folder);
    run.requirePossiblePaths();
    run.requireRegularFiles();
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
    return run;
  }

  private static TrainingException failure(String form, Object... parts) {
    return new TrainingException(format(form, parts));
  }

  /** Creates the folder of the run. */
  RunDirectory claim(String defaultName) throws IOException {
    if (name == null) {
      return RunDirectory.createNumbered(folder, defaultName);
    }
    RunDirectory run = requireFree(defaultName);
    run.create();
    return run;
  }
}
