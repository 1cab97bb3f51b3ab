package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.KeptModels;
import charnn.checkpoint.ModelFile;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.InputConverter;
import charnn.cli.options.InputOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OutputFile;
import charnn.cli.options.PathConverter;
import charnn.cli.options.TextOptions;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.explore.ContextLoss;
import charnn.explore.Exploration;
import charnn.explore.Influence;
import charnn.explore.Knowledge;
import charnn.explore.Property;
import charnn.explore.Recording;
import charnn.explore.TrainedCells;
import charnn.model.Model;
import charnn.report.KnowledgeReport;
import charnn.report.ProgressDisplay;
import charnn.report.explore.ExplorePage;
import charnn.util.AtomicFile;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn explore}. */
@Command(
    description = {
      "Show what the cells of a model know: a page, or a table of cells and what they stand for.",
      "(For instance: charnn explore --html cells.html. To see a cell at work, hold it at a value:"
          + " charnn sample --clamp 1:217=2)"
    },
    sortOptions = false)
final class ExploreCommand extends ReportCommand<ExploreCommand.Request> {
  private static final int DEFAULT_CHARACTERS = 20_000;

  /** By which chance is measured. */
  private static final int SHIFTS = 199;

  private static final long SEED = 1;

  /** Work that takes no longer shows no progress. */
  private static final long QUIET_NANOS = 2_000_000_000L;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..*",
      converter = InputConverter.class,
      description =
          "Text files, folders, archives or -, as in train, that the model reads (default: its"
              + " validation set; if that is gone, a text that it writes).")
  private List<CorpusInput> texts = List.of();

  @Mixin private InputOptions inputs;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "Write a page for a browser, with all in it: the text coloured by any cell, cells ranked"
              + " by what they know, gates, memory.")
  private Path page;

  @Option(
      names = "--characters",
      paramLabel = "N",
      description =
          "Characters to read at most (default: "
              + DEFAULT_CHARACTERS
              + "); fewer of a network of many cells.")
  private int characters = DEFAULT_CHARACTERS;

  @Mixin private ModelOptions model;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  /** A model to explore. */
  record Request(ModelOptions.Found found, CorpusInputs inputs, EngineType kind, int threads) {}

  ExploreCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    Setting.CHARACTERS.require(characters);
    if (page != null) {
      OutputFile.requirePlace("--html", page, "page", ".html", ".htm");
      OutputFile.requireOwn("--html", page, "page", ExplorePage::isPage);
    }
    int count = threads.count();
    EngineType kind = engine.kind(console);
    if (kind == EngineType.DL4J) {
      throw new UsageException(
          "--engine dl4j does not show what its cells do; omit it, or use --engine scalar");
    }
    return new Request(model.find(console), inputs.of(texts, console), kind, count);
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    ModelOptions.Found found = request.found;
    try (ThreadTeam workers = request.kind.workers(request.threads);
        ProgressDisplay display = console.progressDisplay()) {
      Engine compute = request.kind.create(workers);
      ExploredText read =
          ExploredText.of(
              console, found, request.inputs, text.settings(), characters, compute, workers);
      console.log(
          format(
              "exploring %s (step %,d) on %s: %,d characters",
              found.label(), found.model().progress().step(), read.name(), read.tokens().length()));
      Exploration exploration = explore(found, read, compute, workers, display);
      if (page != null) {
        String html = ExplorePage.of(found.label(), read.name(), found.model(), exploration);
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(page, out -> out.write(bytes));
        console.log(format("%s shows what its cells know; open it in a browser", page));
      }
      KnowledgeReport report = KnowledgeReport.of(found.label(), exploration);
      if (page == null || json()) {
        return print(report, report.toText());
      }
      return ExitCode.DONE;
    }
  }

  private Exploration explore(
      ModelOptions.Found found,
      ExploredText read,
      Engine compute,
      ThreadTeam workers,
      ProgressDisplay display)
      throws IOException {
    Model model = found.model();
    long started = System.nanoTime();
    int n = Math.toIntExact(read.tokens().length());
    Recording recording =
        Recording.of(
            compute,
            model,
            read.tokens(),
            done -> status(display, started, "reading", (double) done / n));
    List<Property> properties = Property.of(recording.text(), recording.next());
    Knowledge knowledge =
        Knowledge.of(
            recording,
            properties,
            SHIFTS,
            SEED,
            workers,
            progress(display, started, "comparing cells with the text"));
    if (page == null && !json()) {
      return new Exploration(recording, knowledge, null, null, null);
    }
    ContextLoss context =
        ContextLoss.of(
            compute,
            model.network(),
            read.tokens(),
            SEED,
            progress(display, started, "loss by length of context"));
    Influence influence =
        Influence.of(
            compute,
            model.network(),
            read.tokens(),
            model.hyperparameters().direction(),
            workers,
            progress(display, started, "gradients of earlier characters"));
    TrainedCells training =
        training(found, read, compute, recording, properties, knowledge, display, started);
    return new Exploration(recording, knowledge, context, influence, training);
  }

  /** Returns what cells knew at the checkpoints that the run kept; null if there are none. */
  private static TrainedCells training(
      ModelOptions.Found found,
      ExploredText read,
      Engine compute,
      Recording end,
      List<Property> properties,
      Knowledge knowledge,
      ProgressDisplay display,
      long started)
      throws IOException {
    Model model = found.model();
    KeptModels kept = KeptModels.of(new RunDirectory(found.file().toAbsolutePath().getParent()));
    List<Long> steps =
        kept.steps().stream().filter(step -> step < model.progress().step()).toList();
    TrainedCells.Builder builder =
        new TrainedCells.Builder(knowledge, properties, end.network().hiddenSize());
    boolean isAny = false;
    for (int i = 0; i < steps.size(); i++) {
      status(display, started, "kept models", (double) i / steps.size());
      Model earlier = ModelFile.read(kept.file(steps.get(i)));
      if (earlier.isOfTheRunOf(model) && earlier.network().architecture().equals(end.network())) {
        builder.add(steps.get(i), Recording.of(compute, earlier, read.tokens(), done -> {}));
        isAny = true;
      }
    }
    builder.add(model.progress().step(), end);
    return isAny ? builder.build() : null;
  }

  private static DoubleConsumer progress(ProgressDisplay display, long started, String what) {
    return done -> status(display, started, what, done);
  }

  private static void status(ProgressDisplay display, long started, String what, double done) {
    if (System.nanoTime() - started > QUIET_NANOS) {
      display.updateStatus(() -> format("%s: %.0f %%", what, 100 * done));
    }
  }
}
