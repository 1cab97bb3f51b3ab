package charnn.cli;

import static charnn.text.Messages.format;

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
import charnn.report.TerminalLines;
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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code charnn train}. */
@Command(
    name = "train",
    description = "Learn to write in the style of a text.",
    sortOptions = false)
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
          "Go on with the run --name, by default the one saved last; more --steps or --time extend it.")
  private boolean resume;

  @Mixin private ModelsDirOption modelsDir;
  @Mixin private SettingsOptions options;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;

  @Option(names = "--quiet", description = "Show no progress, only warnings and errors.")
  private boolean quiet;

  @Mixin private CommonOptions common;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = Usage.check(spec, this::directory);
    try (Workers workers = Usage.check(spec, engine::workers);
        Interrupts interrupts = new Interrupts(() -> console.say("interrupted, saving..."))) {
      TrainingRun run = Usage.check(spec, () -> prepare(directory, workers));
      if (run.isFinished()) {
        console.say(
            format(
                "run '%s' is finished (%,d steps); to train it further, add more --steps, --epochs or --time",
                directory.name(), run.progress().step()));
        return ExitCode.DONE.code();
      }
      Files.createDirectories(directory.path());
      TrainingRun.Outcome outcome = train(run, directory, interrupts);
      return outcome == TrainingRun.Outcome.FINISHED
          ? finished(directory, workers)
          : interrupted(run, directory);
    }
  }

  private RunDirectory directory() throws IOException {
    Path folder = modelsDir.path(console);
    if (resume && name == null) {
      return RunDirectory.all(folder).stream()
          .filter(run -> Files.exists(run.last()))
          .findFirst()
          .orElseThrow(
              () ->
                  new TrainingException(
                      "there is no run in " + folder + " to resume; start one with: charnn train"));
    }
    if (resume) {
      RunDirectory run = RunDirectory.named(folder, name);
      if (!Files.exists(run.last())) {
        throw new TrainingException(
            "there is no run '"
                + name
                + "' in "
                + folder
                + " to resume; leave out --resume to start it");
      }
      return run;
    }
    if (name == null) {
      return RunDirectory.fresh(folder, RunDirectory.nameFor(files().get(0)));
    }
    RunDirectory run = RunDirectory.named(folder, name);
    if (Files.exists(run.path())) {
      throw new TrainingException(
          "run '"
              + name
              + "' exists already in "
              + folder
              + "; add --resume to go on with it, or choose another --name");
    }
    return run;
  }

  private List<Path> files() {
    return files == null ? List.of(console.home().resolve("corpora").resolve("tales.txt")) : files;
  }

  private TrainingRun prepare(RunDirectory directory, Workers workers) throws IOException {
    if (!resume) {
      Corpus corpus = TextOptions.read(files(), text.reading(), console);
      return TrainingRun.create(
          options.over(TrainingSettings.DEFAULT),
          corpus,
          directory,
          engine.kind,
          workers,
          this::note);
    }
    ModelFile.Checkpoint checkpoint = ModelFile.readCheckpoint(directory.last());
    Model model = checkpoint.model();
    TrainingSettings before = TrainingSettings.of(model);
    List<String> differences = options.over(before).differences(before);
    if (!differences.isEmpty()) {
      throw new TrainingException(
          format(
              "run '%s' was started with other settings: it cannot go on with %s. Leave them out, or start a new run",
              directory.name(), String.join("; ", differences)));
    }
    List<Path> sources =
        files != null
            ? files
            : model.provenance().corpus().stream().map(s -> Path.of(s.path())).toList();
    Corpus corpus =
        TextOptions.read(
            sources, text.isGiven() ? text.reading() : model.provenance().reading(), console);
    return TrainingRun.resume(
        checkpoint, corpus, options.length(), directory, engine.kind, workers, this::note);
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
        Lines progress = progressLines()) {
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(new MetricsCsv(directory.metrics()));
      listeners.add(new SamplesFile(directory.samples()));
      listeners.add(new ProgressReporter(logLines));
      if (!quiet) {
        listeners.add(new ProgressReporter(progress));
      }
      return run.run(TrainingListener.all(listeners), interrupts);
    }
  }

  private Lines progressLines() {
    return console.errTerminal() && !quiet
        ? new TerminalLines(console.err())
        : new PlainLines(console.err());
  }

  private int interrupted(TrainingRun run, RunDirectory directory) {
    console.say(
        format(
            "saved at step %,d; go on with: charnn train --resume --name '%s'%s",
            run.progress().step(), directory.name(), modelsDir.asArgument()));
    return ExitCode.INTERRUPTED.code();
  }

  private int finished(RunDirectory directory, Workers workers) throws IOException {
    Path file = directory.modelFile().orElseThrow();
    Model model = ModelFile.read(file);
    note(
        format(
            "saved %s; a sample of its writing (more: charnn sample --model '%s'%s)",
            file, directory.name(), modelsDir.asArgument()));
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    new Generator(engine.kind.create(workers), model)
        .generate(
            new int[0],
            SAMPLE_LENGTH,
            SamplingSettings.ofTemperature(SAMPLE_TEMPERATURE).sampler(model.recipe().seed()),
            writer::write);
    writer.end();
    return ExitCode.DONE.code();
  }
}
