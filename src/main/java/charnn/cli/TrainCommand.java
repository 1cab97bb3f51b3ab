package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.KeptModels;
import charnn.checkpoint.RunDirectory;
import charnn.checkpoint.RunLock;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.console.ProcessStart;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.NewRunOptions;
import charnn.cli.options.UsageException;
import charnn.data.cache.Unfinished;
import charnn.engine.registry.EngineType;
import charnn.plan.TrainingClock;
import charnn.plan.WarmUp;
import charnn.report.PlanReport;
import charnn.train.NewRun;
import charnn.train.PreparedRun;
import charnn.train.RunExecutor;
import charnn.train.TrainingException;
import charnn.util.Durations;
import charnn.util.InvalidSettingException;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn train}. */
@Command(description = "Train a model on a text.", sortOptions = false)
class TrainCommand extends BaseCommand<TrainCommand.Request> {
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
          "Resume the run --name (default: the unfinished run saved last); --steps, --epochs or"
              + " --time set a new end.")
  private boolean resume;

  @Option(
      names = "--change",
      description =
          "With --resume: train on with other settings than before, such as --learning-rate,"
              + " --dropout or --batch-size.")
  private boolean change;

  @Mixin private ModelsDirOption modelsDir;
  @Mixin private NewRunOptions options;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      preprocessor = AttachedValue.class,
      defaultValue = "1m",
      description =
          "Checkpoint interval, besides one at each evaluation; 0s: as often as the disk allows"
              + " (default: ${DEFAULT-VALUE}).")
  private String checkpointEvery;

  @Option(
      names = "--keep-every",
      paramLabel = "N",
      description =
          "Keep the model every N steps, 50 at most, then every 2 N; 0: no more. A run that is"
              + " resumed goes on as before. For charnn explore.")
  private Long keepEvery;

  @Option(
      names = "--curve",
      description = "Draw the loss above the progress, where that is a terminal.")
  private boolean curve;

  @Option(names = "--quiet", description = "Show no progress, only warnings and errors.")
  private boolean quiet;

  /**
   * A run to start or to resume.
   *
   * @param interval of checkpoints
   */
  record Request(RunFolders folders, Duration interval, boolean resumes) {}

  TrainCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    if (resume && options.isInitFromGiven()) {
      throw new UsageException("--init-from starts a new run; omit it to resume one (--resume)");
    }
    if (change && !resume) {
      throw new UsageException(
          "--change is for a run that is resumed; add --resume, or omit it for a new run");
    }
    if (keepEvery != null) {
      Setting.KEEP_EVERY.require(keepEvery);
    }
    if (curve && quiet) {
      throw new UsageException("--curve and --quiet exclude each other; omit one");
    }
    RunFolders folders = new RunFolders(console, modelsDir.path(console), name);
    Duration interval = checkpointInterval();
    return new Request(folders, interval, resume && !folders.isToRestart(options.isCorpusGiven()));
  }

  private Duration checkpointInterval() {
    Duration interval = Durations.parse(Setting.CHECKPOINT_EVERY, checkpointEvery);
    if (interval.compareTo(Duration.ofDays(366)) > 0) {
      throw new InvalidSettingException(Setting.CHECKPOINT_EVERY, "0s to 366d", checkpointEvery);
    }
    return interval;
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    return request.resumes ? resume(request) : start(request);
  }

  @SuppressWarnings("try") // The handler of interrupts is open, not called.
  private ExitCode start(Request request) throws IOException {
    RunFolders folders = request.folders;
    Consumer<String> note = quiet ? line -> {} : console::log;
    folders.requireFree(options.nameOfRun(console));
    EngineType kind = options.engine().kind(console);
    try (ThreadTeam workers = options.threads().workers(kind)) {
      NewRun planned;
      try (Interrupts interrupts = new Interrupts(this::endBeforeTheRun);
          WarmUp warmUp = WarmUp.start(kind, options.cell(), options.length(), workers)) {
        planned =
            adapted(options.newRun(console, note, folders.folder(), kind, workers, clock, false));
      }
      PlanReport.of(planned.plan(), planned.run().text())
          .toText(console.textColumns())
          .lines()
          .forEach(note);
      if (options.inputs(console).hasStream()) {
        console.log(
            "the text comes from a pipe: to resume this run, name a file of the same text with"
                + " --corpus");
      }
      RunDirectory directory = folders.claim(options.nameOfRun(console));
      try (RunLock lock = RunLock.take(directory)) {
        directory.removeBackwardStart();
        RunSession session = session(request, directory, lock);
        return planned.backward().isPresent()
            ? trainPair(request, session, planned.run(), planned.backward().get())
            : session.train(planned.run());
      }
    }
  }

  /** Trains both models of a pair; what the start took is shared between them. */
  private ExitCode trainPair(
      Request request, RunSession session, PreparedRun forward, PreparedRun backward)
      throws IOException {
    RunDirectory second = session.directory().backward();
    backward.saveStart(second);
    if (keepEvery != null) {
      KeptModels.of(second).setEvery(keepEvery);
    }
    double startEach = clock.seconds() / 2;
    ExitCode code = session.train(forward.begun(startEach));
    if (code != ExitCode.DONE) {
      return code;
    }
    try (RunLock lock = RunLock.take(second)) {
      return session(request, second, lock).train(backward.begun(startEach));
    }
  }

  private void endBeforeTheRun() {
    console.endLine();
    console.log("interrupted before the first step: nothing is saved; start it again");
    Unfinished.delete();
    Interrupts.endNow();
  }

  private ExitCode resume(Request request) throws IOException {
    RunDirectory directory = request.folders.toResume();
    requireResumable(directory);
    boolean isPair = directory.isPair();
    options.settings().requireDirections(directory.name(), isPair);
    try (RunLock lock = RunLock.take(directory)) {
      ExitCode code = resume(request, directory, lock, clock, !isPair);
      if (!isPair || code != ExitCode.DONE) {
        return code;
      }
      RunDirectory second = directory.backward();
      try (RunLock another = RunLock.take(second)) {
        return resume(request, second, another, new TrainingClock(System.nanoTime()), true);
      }
    }
  }

  /**
   * Resumes one run.
   *
   * @param begun clock of it in this process
   * @param isLast whether no other one follows if it is finished
   */
  private ExitCode resume(
      Request request, RunDirectory directory, RunLock lock, TrainingClock begun, boolean isLast)
      throws IOException {
    RunResumption resumption = RunResumption.of(console, modelsDir, options, directory);
    EngineType kind = resumption.kind();
    try (ThreadTeam workers = options.threads().workers(kind)) {
      PreparedRun run = resumption.prepare(kind, change, workers, begun);
      if (!run.isFinished()) {
        resumption.reportChange(run);
        return session(request, directory, lock).train(run);
      }
      return isLast ? resumption.reportFinished(run) : ExitCode.DONE;
    }
  }

  private RunSession session(Request request, RunDirectory directory, RunLock lock)
      throws IOException {
    if (keepEvery != null) {
      KeptModels.of(directory).setEvery(keepEvery);
    }
    return new RunSession(
        console,
        modelsDir,
        quiet,
        curve,
        request.interval,
        directory,
        lock,
        executors(directory),
        program());
  }

  /**
   * Returns what computes a run: this process, unless a command of a cluster overrides it.
   *
   * @param directory of the run
   */
  RunExecutor.Factory executors(RunDirectory directory) {
    return RunExecutor.LOCAL;
  }

  /** Returns the program whose command this is. */
  String program() {
    return "charnn";
  }

  /**
   * Refuses a run that this program cannot resume exactly.
   *
   * @throws charnn.train.TrainingException if it was trained on a cluster
   */
  void requireResumable(RunDirectory directory) throws TrainingException {
    if (directory.isOfCluster()) {
      throw new TrainingException(
          format(
              "run '%s' was trained on a cluster; resume it with charnn-spark train --resume, or start a new run from its model with --init-from",
              directory.name()));
    }
  }

  final NewRunOptions options() {
    return options;
  }

  /** Returns a new run as it is to be trained; a command of a cluster changes it. */
  NewRun adapted(NewRun planned) {
    return planned;
  }
}
