package charnn.cli;

import static charnn.text.Messages.format;

import charnn.engine.EngineKind;
import charnn.engine.Workers;
import charnn.generate.Generator;
import charnn.generate.SamplingSettings;
import charnn.model.Model;
import charnn.model.ModelFile;
import charnn.model.RunDirectory;
import charnn.report.Lines;
import charnn.report.MetricsCsv;
import charnn.report.PlainLines;
import charnn.report.ProgressReporter;
import charnn.report.SamplesFile;
import charnn.report.TextWriter;
import charnn.text.Corpus;
import charnn.train.TrainingException;
import charnn.train.TrainingListener;
import charnn.train.TrainingRun;
import charnn.train.TrainingSettings;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code charnn train}. */
@Command(description = "Learn to write in the style of a text.", sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final int SAMPLE_LENGTH = 500;
  private static final double SAMPLE_TEMPERATURE = 0.8;

  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Plain-text files to learn, joined in this order (default: the bundled tales).")
  private List<Path> files;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the run (default: the first file's name, numbered if taken).")
  private String name;

  @Option(
      names = "--resume",
      description =
          "Go on with the run --name, by default the one saved last; --steps, --epochs or --time set a new end.")
  private boolean resume;

  @Mixin private ModelsDirOption modelsDir;
  @Mixin private SettingsOptions options;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  @Option(names = "--quiet", description = "Show no progress, only warnings and errors.")
  private boolean quiet;

  @Mixin private CommonOptions common;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = modelsDir.path(console);
    RunDirectory resumed = resume ? Usage.check(spec, () -> toResume(folder)) : null;
    if (!resume) {
      Usage.check(spec, () -> requireFree(folder));
    }
    Model model = resume ? ModelFile.read(resumed.last()) : null;
    EngineKind kind = Usage.check(spec, () -> resume ? kindOf(model) : engine.kind(console));
    RunDirectory directory;
    TrainingRun.Outcome outcome;
    try (Workers workers = Usage.check(spec, () -> threads.workers(kind));
        Interrupts interrupts = new Interrupts(() -> console.say("interrupted, saving..."))) {
      TrainingRun run = resume ? resumedRun(resumed, kind, workers) : newRun(kind, workers);
      if (run.isFinished()) {
        console.say(
            format(
                "run '%s' is finished (%,d steps); to train it further, set a later end with --steps, --epochs or --time",
                resumed.name(), run.progress().step()));
        return ExitCode.DONE.code();
      }
      directory = resume ? resumed : claim(folder);
      outcome = train(run, directory, interrupts);
      if (outcome == TrainingRun.Outcome.INTERRUPTED) {
        console.say(
            format(
                "saved at step %,d; go on with: charnn train --resume --name '%s'%s",
                run.progress().step(), directory.name(), modelsDir.asArgument()));
        return ExitCode.INTERRUPTED.code();
      }
    }
    writeSample(directory, kind);
    return ExitCode.DONE.code();
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
    if (!Files.exists(run.last())) {
      throw new TrainingException(
          "there is no run '"
              + name
              + "' in "
              + folder
              + " to resume; start one without --resume and with another --name");
    }
    return run;
  }

  private static Optional<RunDirectory> lastUnfinished(Path folder) throws IOException {
    for (RunDirectory run : RunDirectory.all(folder)) {
      if (Files.exists(run.last())) {
        Model model = ModelFile.read(run.last());
        if (model.progress().step() < model.recipe().totalSteps()) {
          return Optional.of(run);
        }
      }
    }
    return Optional.empty();
  }

  /** Checks a name before a time budget is spent on measuring; {@link #claim} decides. */
  private RunDirectory requireFree(Path folder) throws IOException {
    RunDirectory run =
        RunDirectory.named(folder, name == null ? RunDirectory.nameFor(files().get(0)) : name);
    if (name != null && Files.exists(run.path())) {
      throw new TrainingException(
          "run '"
              + name
              + "' exists already in "
              + folder
              + "; add --resume to go on with it, or choose another --name");
    }
    return run;
  }

  private RunDirectory claim(Path folder) throws IOException {
    if (name == null) {
      return RunDirectory.createNumbered(folder, RunDirectory.nameFor(files().get(0)));
    }
    RunDirectory run = requireFree(folder);
    run.create();
    return run;
  }

  private List<Path> files() {
    return files == null ? List.of(console.home().resolve("corpora").resolve("tales.txt")) : files;
  }

  private TrainingRun newRun(EngineKind kind, Workers workers) throws IOException {
    Corpus corpus = TextOptions.read(files(), text.reading(), console);
    TrainingSettings settings = Usage.check(spec, () -> options.over(TrainingSettings.DEFAULT));
    return Usage.check(spec, () -> TrainingRun.create(settings, corpus, kind, workers, this::note));
  }

  /**
   * The engine that the run was started with, unless another is asked for or that one cannot run
   * here.
   */
  private EngineKind kindOf(Model model) {
    EngineKind started = EngineKind.of(model.recipe().engine());
    EngineKind kind = engine.isGiven() || !started.isAvailable() ? engine.kind(console) : started;
    if (kind != started) {
      console.say(
          "the run was started with --engine "
              + started
              + "; with "
              + kind
              + " it goes on, but not to the same bits");
    }
    return kind;
  }

  private TrainingRun resumedRun(RunDirectory directory, EngineKind kind, Workers workers)
      throws IOException {
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(directory.last());
    Model model = checkpoint.model();
    List<Path> sources = files != null ? files : model.provenance().paths();
    Corpus corpus =
        TextOptions.read(
            sources, text.isGiven() ? text.reading() : model.provenance().reading(), console);
    TrainingSettings settings = Usage.check(spec, () -> options.over(TrainingSettings.of(model)));
    return TrainingRun.resume(checkpoint, corpus, settings, kind, workers, this::note);
  }

  private void note(String line) {
    if (!quiet) {
      console.say(line);
    }
  }

  private TrainingRun.Outcome train(TrainingRun run, RunDirectory directory, Interrupts interrupts)
      throws IOException {
    note(
        "training run '"
            + directory.name()
            + "' in "
            + directory.path()
            + "; Ctrl-C saves and stops");
    try (PrintStream log =
            new PrintStream(
                new FileOutputStream(directory.log().toFile(), true),
                true,
                StandardCharsets.UTF_8);
        Lines logLines = new PlainLines(log);
        Lines progress = quiet ? null : console.lines()) {
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(new MetricsCsv(directory.metrics()));
      listeners.add(new SamplesFile(directory.samples()));
      listeners.add(new ProgressReporter(logLines));
      if (!quiet) {
        listeners.add(new ProgressReporter(progress));
      }
      return run.run(directory, TrainingListener.all(listeners), interrupts);
    }
  }

  private void writeSample(RunDirectory directory, EngineKind kind) throws IOException {
    Path file = directory.modelFile().orElseThrow();
    Model model = ModelFile.read(file);
    note(
        format(
            "saved %s; a sample of its writing (more: charnn sample --model '%s'%s)",
            file, directory.name(), modelsDir.asArgument()));
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    try (Workers alone = new Workers(1)) {
      new Generator(kind.create(alone), model)
          .generate(
              new int[0],
              SAMPLE_LENGTH,
              SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE).sampler(model.recipe().seed()),
              writer::write);
    }
    writer.end();
  }
}
