package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.NewRunOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.TextOptions;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.data.input.Include;
import charnn.engine.registry.EngineType;
import charnn.model.Model;
import charnn.model.Provenance;
import charnn.model.SettingsChange;
import charnn.nn.CellType;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.plan.WarmUp;
import charnn.train.PreparedRun;
import charnn.train.RunPreparation;
import charnn.train.TrainingException;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A run to resume.
 *
 * @param options what is given on the command line goes before what the checkpoint has
 */
record RunResumption(
    Console console,
    ModelsDirOption modelsDir,
    NewRunOptions options,
    RunDirectory directory,
    ModelFile.Checkpoint checkpoint) {
  /** Reads a run's newest checkpoint. */
  static RunResumption of(
      Console console, ModelsDirOption modelsDir, NewRunOptions options, RunDirectory directory)
      throws ModelFileException {
    ModelFile.Checkpoint checkpoint =
        ModelFile.readCheckpoint(directory.newestCheckpoint(console::log));
    checkBest(console, directory);
    return new RunResumption(console, modelsDir, options, directory, checkpoint);
  }

  /** Warns at the start, not after the night, if the best model is damaged. */
  private static void checkBest(Console console, RunDirectory directory) {
    if (Files.exists(directory.best())) {
      try {
        ModelFile.read(directory.best());
      } catch (ModelFileException e) {
        console.log(
            e.getMessage() + "; training continues, and replaces it at a lower validation loss");
      }
    }
  }

  /**
   * Returns the engine that the run was started with, unless another is given or that one cannot
   * run here.
   */
  EngineType kind() {
    Model model = checkpoint.model();
    EngineType started = EngineType.of(model.hyperparameters().engine());
    EngineType kind =
        options.engine().isGiven() || !started.isAvailable()
            ? options.engine().kind(console)
            : started;
    if (kind != started) {
      console.log(
          format(
              "the run was started with --engine %s; with %s its results will not be bit-identical",
              started, kind));
    }
    String before = model.provenance().arithmetic();
    if (kind == started && before != null && !before.equals(kind.arithmetic())) {
      console.log(
          format(
              "the run was computed with %s, and here Java computes with %s: its results will not be bit-identical",
              before, kind.arithmetic()));
    }
    return kind;
  }

  /**
   * Returns the run, ready to train.
   *
   * @param onPurpose whether other settings than before are meant
   */
  @SuppressWarnings("try") // The warm-up is open, not called.
  PreparedRun prepare(EngineType kind, boolean onPurpose, ThreadTeam workers, TrainingClock clock)
      throws IOException {
    Model model = checkpoint.model();
    TrainingSettings settings = options.settings().over(TrainingSettings.of(model));
    CellType cell = model.network().architecture().cell();
    try (WarmUp warmUp = WarmUp.start(kind, cell, settings.length(), workers)) {
      Corpus corpus = corpus(model.provenance());
      return RunPreparation.resume(
          checkpoint,
          corpus,
          validation(model.provenance(), corpus.settings()),
          settings,
          onPurpose,
          kind,
          workers,
          clock);
    }
  }

  /** Returns the corpus that the run is validated on; null if that is a part of its text. */
  private Corpus validation(Provenance provenance, DecodingSettings settings) throws IOException {
    Provenance.Validation before = provenance.validation();
    if (before == null) {
      return null;
    }
    List<CorpusInput> given = options.settings().validationCorpus();
    CorpusInputs inputs =
        given.isEmpty()
            ? found(paths(before), "the validation corpus", "--validation-corpus")
            : new CorpusInputs(given, Include.ALL, console.in());
    return TextOptions.open(inputs, settings, console);
  }

  private static List<String> paths(Provenance.Validation before) throws CorpusException {
    if (before.corpus().stream().anyMatch(source -> source.path() == null)) {
      throw new CorpusException(
          "the model does not record where its validation corpus is; name it with --validation-corpus");
    }
    return before.corpus().stream().map(Corpus.Source::path).toList();
  }

  private Corpus corpus(Provenance provenance) throws IOException {
    CorpusInputs sources = options.isCorpusGiven() ? options.inputs(console) : textOf(provenance);
    DecodingSettings before = provenance.decoding();
    options.documents().requireSame(before.documents());
    options.characters().requireSame(before);
    return TextOptions.open(
        sources,
        options.text().isGiven() ? options.text().settings().asIn(before) : before,
        console);
  }

  /** Returns where a run's text was, if it is still there. */
  private CorpusInputs textOf(Provenance provenance) throws IOException {
    return found(provenance.paths(), "the text", "--corpus");
  }

  /**
   * Returns inputs that were recorded, if they are still there.
   *
   * @param what they are
   * @param option that names them
   */
  private CorpusInputs found(List<String> paths, String what, String option) throws IOException {
    CorpusInputs inputs = CorpusInputs.of(paths, console.in());
    for (CorpusInput input : inputs.all()) {
      if (input.isWeb() && !input.isLasting()) {
        throw new TrainingException(
            format(
                "%s, the text of run '%s', is no longer among the downloads; fetch it again: charnn corpus fetch %s",
                input.name(), directory.pair().name(), input.address().name()));
      }
      if (!input.isLasting()) {
        throw new TrainingException(
            format(
                "%s of run '%s' %s: charnn train --resume --name '%s'%s %s %s",
                input.isStream() ? what : input.name() + ", " + what,
                directory.pair().name(),
                input.isStream()
                    ? "came from a pipe; name a file of the same text"
                    : "is not there; if it was moved",
                directory.pair().name(),
                modelsDir.asArgument(),
                option,
                inputs.all().size() == 1 ? "FILE" : "FILE..."));
      }
    }
    return inputs;
  }

  /** Prints which settings are changed, if any are. */
  void reportChange(PreparedRun run) {
    SettingsChange latest = run.start().progress().latestChange();
    if (!latest.equals(checkpoint.model().progress().latestChange())) {
      console.log(format("after step %,d: %s", latest.step(), OptionNames.in(latest.describe())));
    }
  }

  /** Prints what would train the run further. */
  ExitCode reportFinished(PreparedRun run) {
    console.log(
        format(
            "run '%s' is finished (%,d steps%s",
            directory.pair().name(),
            run.progress().step(),
            run.isStoppedEarly()
                ? ", stopped early); to train it further, add --patience 0"
                : "); to train it further, set a later end with --steps, --epochs or --time, in total"));
    return ExitCode.DONE;
  }
}
