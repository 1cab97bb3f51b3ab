package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.checkpoint.RunLock;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.console.ProcessStart;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.CommonOptions;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.NewRunOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.TextOptions;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.engine.registry.EngineType;
import charnn.generate.Generator;
import charnn.generate.SamplingSettings;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.Provenance;
import charnn.plan.TrainingClock;
import charnn.plan.TrainingSettings;
import charnn.plan.WarmUp;
import charnn.report.LogFile;
import charnn.report.MetricsCsv;
import charnn.report.PhaseLog;
import charnn.report.PlainDisplay;
import charnn.report.PlanReport;
import charnn.report.ProgressDisplay;
import charnn.report.ProgressReporter;
import charnn.report.SamplesFile;
import charnn.report.TextWriter;
import charnn.train.NewRun;
import charnn.train.Outcome;
import charnn.train.PreparedRun;
import charnn.train.RunPreparation;
import charnn.train.TrainingDiagnosis;
import charnn.train.TrainingException;
import charnn.train.TrainingListener;
import charnn.util.Durations;
import charnn.util.InvalidSettingException;
import charnn.util.PathState;
import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn train}. */
@Command(description = "Train a model on a text.", sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final int SAMPLE_LENGTH = 500;
  private static final double SAMPLE_TEMPERATURE = 0.8;

  private final Console console;
  private final TrainingClock clock = new TrainingClock(ProcessStart.nanos());

  @Option(
      names = "--name",
      paramLabel = "NAME",
      preprocessor = AttachedValue.class,
      description = "Name of the run (default: the first file's name, numbered if taken).")
  private String name;

  @Option(
      names = "--resume",
      description =
          "Resume the run --name (default: the unfinished run saved last); --steps, --epochs or --time set a new end.")
  private boolean resume;

  @Mixin private ModelsDirOption modelsDir;
  @Mixin private NewRunOptions options;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      preprocessor = AttachedValue.class,
      defaultValue = "1m",
      description =
          "Checkpoint interval, besides one at each evaluation; 0s: as often as the disk allows (default: ${DEFAULT-VALUE}).")
  private String checkpointEvery;

  @Option(names = "--quiet", description = "Show no progress, only warnings and errors.")
  private boolean quiet;

  @Mixin private CommonOptions common;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (resume && options.isInitFromGiven()) {
      throw new UsageException("--init-from starts a new run; omit it to resume one (--resume)");
    }
    Path folder = modelsDir.path(console);
    Duration interval = checkpointInterval();
    boolean resumes = resume && !isToRestart(folder);
    return (resumes ? resume(folder, interval) : start(folder, interval)).code();
  }

  /**
   * Tells whether the run ended before its first checkpoint: there is nothing to resume or lose.
   */
  private boolean isToRestart(Path folder) throws IOException {
    if (name == null || !RunDirectory.named(folder, name).isEmpty()) {
      return false;
    }
    if (!options.isCorpusGiven()) {
      throw new TrainingException(
          "run '" + name + "' ended before anything was saved; start it again without --resume");
    }
    console.log("run '" + name + "' ended before anything was saved; starting it again");
    return true;
  }

  private Duration checkpointInterval() {
    Duration interval = Durations.parse(Setting.CHECKPOINT_EVERY, checkpointEvery);
    if (interval.compareTo(Duration.ofDays(366)) > 0) {
      throw new InvalidSettingException(Setting.CHECKPOINT_EVERY, "0s to 366d", checkpointEvery);
    }
    return interval;
  }

  @SuppressWarnings("try") // The handler of interrupts is open, not called.
  private ExitCode start(Path folder, Duration interval) throws IOException {
    requireFree(folder);
    EngineType kind = options.engine().kind(console);
    try (ThreadTeam workers = options.threads().workers(kind)) {
      NewRun planned;
      try (Interrupts interrupts = new Interrupts(this::endBeforeTheRun);
          WarmUp warmUp = WarmUp.start(kind, options.length())) {
        planned = options.newRun(console, this::note, folder, kind, workers, clock, false);
      }
      PlanReport.of(planned.plan(), planned.run().text())
          .toText(console.textColumns())
          .lines()
          .forEach(this::note);
      if (options.files(console).stream().anyMatch(TextOptions::isStream)) {
        console.log(
            "the text comes from a pipe: to resume this run, name a file of the same text with --corpus");
      }
      RunDirectory directory = claim(folder);
      try (RunLock lock = RunLock.take(directory)) {
        return train(planned.run(), directory, lock, kind, interval);
      }
    }
  }

  private void endBeforeTheRun() {
    console.log("interrupted before the first step: nothing is saved; start it again");
    Interrupts.endNow();
  }

  private ExitCode resume(Path folder, Duration interval) throws IOException {
    RunDirectory directory = toResume(folder);
    try (RunLock lock = RunLock.take(directory)) {
      ModelFile.Checkpoint checkpoint =
          ModelFile.readCheckpoint(directory.newestCheckpoint(console::log));
      checkBest(directory);
      EngineType kind = kindOf(checkpoint.model());
      try (ThreadTeam workers = options.threads().workers(kind)) {
        PreparedRun run = resumedRun(directory, checkpoint, kind, workers);
        if (run.isFinished()) {
          console.log(
              format(
                  "run '%s' is finished (%,d steps%s",
                  directory.name(),
                  run.progress().step(),
                  run.isStoppedEarly()
                      ? ", stopped early); to train it further, add --patience 0"
                      : "); to train it further, set a later end with --steps, --epochs or --time, in total"));
          return ExitCode.DONE;
        }
        return train(run, directory, lock, kind, interval);
      }
    }
  }

  private ExitCode train(
      PreparedRun run, RunDirectory directory, RunLock lock, EngineType kind, Duration interval)
      throws IOException {
    keepProgramOpen();
    TrainingDiagnosis.warning(run.text())
        .ifPresent(warning -> console.log(warning.naming(OptionNames::of)));
    PreparedRun.Result result = run(run, directory, lock, interval);
    Outcome outcome = result.outcome();
    Progress progress = result.model().progress();
    if (outcome == Outcome.INTERRUPTED) {
      console.log(
          format(
              "saved at step %,d; resume with: charnn train --resume --name '%s'%s",
              progress.step(), directory.name(), modelsDir.asArgument()));
      return ExitCode.INTERRUPTED;
    }
    if (outcome == Outcome.STOPPED_EARLY) {
      note(
          format(
              "stopped early at step %,d: no lower validation loss in %d evaluations; to train further:"
                  + " charnn train --resume --patience 0 --name '%s'%s",
              progress.step(),
              progress.evaluationsSinceBest(),
              directory.name(),
              modelsDir.asArgument()));
    }
    TrainingDiagnosis diagnosis = TrainingDiagnosis.of(result.model());
    if (outcome == Outcome.FINISHED || diagnosis.kind() != TrainingDiagnosis.Kind.IMPROVING) {
      note(
          Sentence.join("; ", List.of(diagnosis.finding(), diagnosis.advice()))
              .naming(OptionNames::of));
    }
    writeSample(directory, kind, diagnosis.kind() == TrainingDiagnosis.Kind.UNLIKE);
    return ExitCode.DONE;
  }

  /**
   * Opens charnn's jar, if it is not open yet. A class that is first needed at the end of a run is
   * then found even if the jar has been deleted meanwhile.
   */
  private static void keepProgramOpen() {
    TrainCommand.class.getResource("TrainCommand.class");
  }

  private RunDirectory toResume(Path folder) throws IOException {
    if (name == null) {
      return lastUnfinished(folder)
          .orElseThrow(
              () ->
                  new TrainingException(
                      "there is no unfinished run in "
                          + folder
                          + " to resume; name one with --name, or start one without --resume"));
    }
    RunDirectory run = RunDirectory.named(folder, name);
    if (!run.isResumable()) {
      throw new TrainingException(
          "there is no run '"
              + name
              + "' in "
              + folder
              + " to resume; start one without --resume and with another --name");
    }
    run.requireRegularFiles();
    return run;
  }

  private static Optional<RunDirectory> lastUnfinished(Path folder) throws IOException {
    for (RunDirectory run : RunDirectory.all(folder)) {
      if (run.isResumable() && isUnfinished(run)) {
        return Optional.of(run);
      }
    }
    return Optional.empty();
  }

  private static boolean isUnfinished(RunDirectory run) {
    try {
      Model model = ModelFile.read(run.newestCheckpoint(passedOver -> {}));
      return !model.progress().isFinished(model.hyperparameters(), model.provenance().text());
    } catch (ModelFileException e) {
      return false; // Nothing to resume from. Resuming it by name reports why.
    }
  }

  /**
   * Checks the name and creates the folder of all runs, before measuring spends the time budget.
   * {@link #claim} decides.
   */
  private RunDirectory requireFree(Path folder) throws IOException {
    if (name != null && RunDirectory.named(folder, name).name().equals(RunDirectory.BUNDLED)) {
      throw new UsageException("--name must not be '" + name + "': this is the bundled model");
    }
    RunDirectory run = RunDirectory.named(folder, name == null ? options.nameOfRun(console) : name);
    if (name != null && PathState.isTaken(run.path()) && !Files.isDirectory(run.path())) {
      throw new TrainingException(
          PathState.describe(run.path()) + ", not a run's folder; choose another --name");
    }
    if (name != null && Files.exists(run.path()) && !run.exists() && !run.isEmpty()) {
      throw new TrainingException(
          run.path() + " is a folder, but not of a run; choose another --name");
    }
    if (name != null && run.exists()) {
      throw new TrainingException(
          "run '"
              + name
              + "' exists already in "
              + folder
              + "; add --resume to resume it, or choose another --name");
    }
    if (PathState.isTaken(folder) && !Files.isDirectory(folder)) {
      throw new TrainingException(
          PathState.describe(folder)
              + ", and the runs need a folder; choose another with --models-dir");
    }
    Files.createDirectories(folder);
    run.requirePossiblePaths();
    run.requireRegularFiles();
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
    return run;
  }

  private RunDirectory claim(Path folder) throws IOException {
    if (name == null) {
      return RunDirectory.createNumbered(folder, options.nameOfRun(console));
    }
    RunDirectory run = requireFree(folder);
    run.create();
    return run;
  }

  /**
   * Returns the engine that the run was started with, unless another is given or that one cannot
   * run here.
   */
  private EngineType kindOf(Model model) {
    EngineType started = EngineType.of(model.hyperparameters().engine());
    EngineType kind =
        options.engine().isGiven() || !started.isAvailable()
            ? options.engine().kind(console)
            : started;
    if (kind != started) {
      console.log(
          "the run was started with --engine "
              + started
              + "; with "
              + kind
              + " its results will not be bit-identical");
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

  private PreparedRun resumedRun(
      RunDirectory directory, ModelFile.Checkpoint checkpoint, EngineType kind, ThreadTeam workers)
      throws IOException {
    Model model = checkpoint.model();
    List<Path> sources =
        options.isCorpusGiven() ? options.files(console) : textOf(directory, model.provenance());
    DecodingSettings before = model.provenance().decoding();
    Corpus corpus =
        TextOptions.read(
            sources,
            options.text().isGiven() ? options.text().settings().asIn(before) : before,
            console);
    TrainingSettings settings = options.settings().over(TrainingSettings.of(model));
    return RunPreparation.resume(checkpoint, corpus, settings, kind, workers, clock);
  }

  /** Returns where a run's text was, if it is still there. */
  private List<Path> textOf(RunDirectory directory, Provenance provenance) throws IOException {
    List<Path> paths = provenance.paths();
    for (Path path : paths) {
      if (!TextOptions.isLasting(path)) {
        throw new TrainingException(
            format(
                "%s of run '%s' %s: charnn train --resume --name '%s'%s --corpus %s",
                TextOptions.isStream(path) ? "the text" : path + ", the text",
                directory.name(),
                TextOptions.isStream(path)
                    ? "came from a pipe; name a file of the same text"
                    : "is not there; if it was moved",
                directory.name(),
                modelsDir.asArgument(),
                paths.size() == 1 ? "FILE" : "FILE..."));
      }
    }
    return paths;
  }

  private void note(String line) {
    if (!quiet) {
      console.log(line);
    }
  }

  private PreparedRun.Result run(
      PreparedRun run, RunDirectory directory, RunLock lock, Duration interval) throws IOException {
    note(
        "training run '"
            + directory.name()
            + "' in "
            + directory.path()
            + "; Ctrl-C saves and stops");
    try (Interrupts interrupts = new Interrupts(() -> console.log("interrupted, saving..."));
        ProgressDisplay progress = quiet ? null : console.progressDisplay()) {
      List<TrainingListener> listeners = new ArrayList<>();
      Consumer<String> toUser = quiet ? console::log : progress::printLine;
      ProgressDisplay logDisplay = new PlainDisplay(new LogFile(directory.log(), toUser)::append);
      Consumer<String> warnings = toUser.andThen(logDisplay::printLine);
      listeners.add(new MetricsCsv(directory.metrics(), warnings));
      listeners.add(new SamplesFile(directory.samples(), warnings));
      listeners.add(new ProgressReporter(logDisplay));
      listeners.add(new PhaseLog(logDisplay));
      listeners.add(quiet ? warnings() : new ProgressReporter(progress));
      listeners.add(
          new TrainingListener() {
            @Override
            public void folderRemade() throws IOException {
              lock.retake();
            }
          });
      return run.train(directory, TrainingListener.all(listeners), interval, interrupts);
    }
  }

  /** Warns at the start, not after the night, if the best model is damaged. */
  private void checkBest(RunDirectory directory) {
    if (Files.exists(directory.best())) {
      try {
        ModelFile.read(directory.best());
      } catch (ModelFileException e) {
        console.log(
            e.getMessage() + "; training continues, and replaces it at a lower validation loss");
      }
    }
  }

  /** Reads a model. If it is damaged, warns and reads another. */
  private Model readOr(Path file, Path other) throws ModelFileException {
    try {
      return ModelFile.read(file);
    } catch (ModelFileException e) {
      console.log(e.getMessage() + "; taking " + other);
      return ModelFile.read(other);
    }
  }

  private TrainingListener warnings() {
    return new TrainingListener() {
      @Override
      public void warned(String warning) {
        console.log(warning);
      }

      @Override
      public void rolledBack(Model model, String reason) {
        console.log(reason);
      }
    };
  }

  /**
   * Prints a sample of the trained model.
   *
   * @param ofLast whether to use the last model, because the best was chosen by a validation set
   *     that is unlike the training text
   */
  private void writeSample(RunDirectory directory, EngineType kind, boolean ofLast)
      throws IOException {
    Path file = ofLast ? directory.last() : directory.modelFile().orElseThrow();
    Model model = readOr(file, directory.last());
    note(
        format(
            "saved %s; a sample (more: charnn sample --model '%s'%s)",
            file, ofLast ? file : directory.name(), ofLast ? "" : modelsDir.asArgument()));
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    try (ThreadTeam alone = new ThreadTeam(1)) {
      new Generator(kind.create(alone), model)
          .generate(
              new int[0],
              SAMPLE_LENGTH,
              SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE)
                  .sampler(model.hyperparameters().seed()),
              writer::write);
    }
    writer.end();
  }
}
