package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.OutputFile;
import charnn.cli.options.PathConverter;
import charnn.cli.options.RunsParameter;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.EncodedCorpus;
import charnn.data.ValidationFrom;
import charnn.eval.Baselines;
import charnn.eval.SampleNovelty;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Provenance;
import charnn.model.TextStatistics;
import charnn.report.ProgressDisplay;
import charnn.report.figure.Figure;
import charnn.report.history.HistoryCsv;
import charnn.report.history.HistoryFigure;
import charnn.report.history.HistoryPage;
import charnn.report.history.ReportedRun;
import charnn.report.history.RunHistory;
import charnn.report.history.TrainingSample;
import charnn.util.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn report}. */
@Command(
    description = {
      "Show how runs were trained: a page with curves, samples and settings; figures and numbers"
          + " for papers.",
      "(For instance: charnn report --html training.html, or charnn report grimm anna --png"
          + " loss.png --log x)"
    },
    sortOptions = false)
final class RunReportCommand extends BaseCommand<RunReportCommand.Request> {
  /** Reading and comparing that takes no longer shows no progress. */
  private static final long QUIET_NANOS = 2_000_000_000L;

  private static final String NOT_COMPARED = "the run was not compared with its text: ";

  private static final String NOT_MEASURED =
      "an n-gram model and xz were not measured on the validation corpus: ";

  private static final int HEAD = 1000; // bytes that tell a file's kind

  /** Which axes are logarithmic. */
  enum Logarithmic {
    X,
    Y,
    XY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private RunsParameter runs;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "Write a page for a browser, with all in it: curves to zoom and point at, samples,"
              + " copies, settings, differences.")
  private Path page;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Write a figure in pixels.")
  private Path png;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Write a figure in lines, for papers.")
  private Path svg;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Write all recorded numbers as a table.")
  private Path csv;

  @Option(
      names = "--chart",
      paramLabel = "CHART",
      split = ",",
      preprocessor = AttachedValue.class,
      description =
          "What a figure shows, side by side: ${COMPLETION-CANDIDATES}; repeatable, or with commas"
              + " (default: loss).")
  private List<HistoryFigure.Chart> charts;

  @Option(
      names = "--over",
      paramLabel = "AXIS",
      preprocessor = AttachedValue.class,
      defaultValue = "STEPS",
      description =
          "What curves are drawn over, in the page at first: ${COMPLETION-CANDIDATES} (default:"
              + " steps).")
  private RunHistory.Axis over;

  @Option(
      names = "--log",
      paramLabel = "AXES",
      preprocessor = AttachedValue.class,
      description = "Logarithmic axes, in the page at first: ${COMPLETION-CANDIDATES}.")
  private Logarithmic logarithmic;

  /** What to show. */
  record Request(List<ModelOptions.Found> runs, HistoryFigure.Axes axes) {}

  RunReportCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    if (page == null && png == null && svg == null && csv == null) {
      throw new UsageException(
          "report needs a file to write: --html FILE for a page, --png FILE or --svg FILE for a"
              + " figure, --csv FILE for the numbers");
    }
    if (charts != null && png == null && svg == null) {
      throw new UsageException("--chart is for --png and --svg; add one, or omit it");
    }
    require("--html", page, "page", HistoryPage::isPage, ".html", ".htm");
    require("--png", png, "figure", file -> begins(file, "\u0089PNG"), ".png");
    require("--svg", svg, "figure", file -> head(file).contains("<svg"), ".svg");
    require("--csv", csv, "table", file -> begins(file, "run,step"), ".csv");
    return new Request(
        runs.find(console),
        new HistoryFigure.Axes(
            over,
            logarithmic != null && logarithmic != Logarithmic.Y,
            logarithmic != null && logarithmic != Logarithmic.X));
  }

  private static void require(
      String option, Path file, String kind, OutputFile.Own own, String... endings)
      throws IOException {
    if (file != null) {
      OutputFile.requirePlace(option, file, kind, endings);
      OutputFile.requireOwn(option, file, kind, own);
    }
  }

  private static boolean begins(Path file, String with) throws IOException {
    return head(file).startsWith(with);
  }

  private static String head(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    List<RunHistory> histories = new ArrayList<>();
    for (ModelOptions.Found found : request.runs) {
      histories.add(
          RunHistory.read(
              found.label(),
              found.file(),
              found.model(),
              InfoCommand.checkpoint(found),
              OptionNames::of));
    }
    List<ReportedRun> reported = reported(histories);
    if (page != null) {
      String html = HistoryPage.of(reported, request.axes, OptionNames::of);
      write(page, html.getBytes(StandardCharsets.UTF_8));
      console.log(format("%s shows how %s trained; open it in a browser", page, names(histories)));
    }
    if (csv != null) {
      write(csv, HistoryCsv.of(histories).getBytes(StandardCharsets.UTF_8));
    }
    return png == null && svg == null ? ExitCode.DONE : draw(reported, request.axes);
  }

  private static String names(List<RunHistory> histories) {
    return histories.size() == 1
        ? histories.get(0).name() + " was"
        : format("%,d runs were", histories.size());
  }

  private ExitCode draw(List<ReportedRun> reported, HistoryFigure.Axes axes) throws IOException {
    // Figures need no screen.
    System.setProperty("java.awt.headless", "true");
    List<HistoryFigure.Chart> wanted = charts == null ? List.of(HistoryFigure.Chart.LOSS) : charts;
    try {
      Figure figure = HistoryFigure.of(reported, wanted, axes);
      if (figure.isEmpty()) {
        console.log(
            format(
                "there is no figure: %s not recorded over %s with two points or more",
                wanted.size() == 1 ? wanted.get(0) + " was" : "the charts were", axes.over()));
        return ExitCode.FAILED;
      }
      if (png != null) {
        write(png, figure.png());
      }
      if (svg != null) {
        write(svg, figure.svg());
      }
      return ExitCode.DONE;
    } catch (LinkageError | InternalError e) {
      console.log(
          "there is no figure: Java cannot draw text here; install fontconfig and fonts, for"
              + " instance: apt install fontconfig fonts-dejavu-core");
      return ExitCode.FAILED;
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    AtomicFile.write(file, out -> out.write(content));
  }

  /** Compares the runs with their texts, as far as these are where they were. */
  private List<ReportedRun> reported(List<RunHistory> histories) {
    Map<String, Corpus> texts = new HashMap<>(); // by their fingerprints
    Map<String, Optional<Baselines>> baselines = new HashMap<>(); // by what decides them
    List<ReportedRun> reported = new ArrayList<>();
    for (RunHistory history : histories) {
      SampleNovelty novelty = null;
      Optional<Baselines> measured = Optional.empty();
      String note = "";
      if (page != null || png != null || svg != null) {
        try {
          Corpus text = RunText.read(history.model().provenance(), texts);
          if (page != null && !history.samples().isEmpty()) {
            novelty = novelty(history, text);
          }
          try {
            measured = baselines(history.model(), text, texts, baselines);
          } catch (CorpusException e) {
            note = NOT_MEASURED + e.getMessage();
          }
        } catch (CorpusException e) {
          note = NOT_COMPARED + e.getMessage();
        } catch (OutOfMemoryError e) {
          note = NOT_COMPARED + "it takes more memory than Java may use";
        }
      }
      reported.add(new ReportedRun(history, novelty, yardsticks(history, measured), note));
    }
    return reported;
  }

  private SampleNovelty novelty(RunHistory history, Corpus text) {
    long started = System.nanoTime();
    try (ProgressDisplay display = console.progressDisplay()) {
      return SampleNovelty.of(
          history.samples().stream().map(TrainingSample::text).toList(),
          text.placed(),
          done -> {
            if (System.nanoTime() - started > QUIET_NANOS) {
              display.updateStatus(
                  () ->
                      format(
                          "comparing samples of %s with their text: %.0f %%",
                          history.name(), 100 * done));
            }
          });
    }
  }

  /** Measures what an n-gram model and xz reach on the same split; once for runs that share it. */
  private Optional<Baselines> baselines(
      Model model, Corpus text, Map<String, Corpus> texts, Map<String, Optional<Baselines>> known)
      throws CorpusException {
    Hyperparameters settings = model.hyperparameters();
    Provenance provenance = model.provenance();
    Provenance.Validation other = provenance.validation();
    EncodedCorpus encoded = EncodedCorpus.of(text, model.vocabulary());
    EncodedCorpus validated =
        other == null ? encoded : encoded.validatedOn(RunText.ofValidation(provenance, texts));
    String key =
        String.join(
            " ",
            provenance.textSha256(),
            other == null ? "" : other.textSha256(),
            String.valueOf(provenance.rare()),
            String.valueOf(settings.validationFrom()),
            String.valueOf(settings.validationFraction()),
            String.valueOf(settings.direction()),
            settings.validationFrom() == ValidationFrom.LAST ? "" : "" + settings.seed());
    return known.computeIfAbsent(
        key,
        another ->
            BaselineMeasurement.now(
                console,
                validated
                    .split(
                        settings.validationFrom(), settings.validationFraction(), settings.seed())
                    .turned(settings.direction()),
                model.vocabulary()));
  }

  /** Returns the measured baselines, or what the run itself recorded of its training text. */
  private static List<ReportedRun.Yardstick> yardsticks(
      RunHistory history, Optional<Baselines> measured) {
    List<ReportedRun.Yardstick> yardsticks = new ArrayList<>();
    TextStatistics text = history.model().provenance().text();
    if (text != null) {
      yardsticks.add(new ReportedRun.Yardstick("unigram entropy", text.entropy()));
    }
    if (measured.isPresent()) {
      yardsticks.add(new ReportedRun.Yardstick("order-5 n-gram", measured.get().nGram()));
      yardsticks.add(new ReportedRun.Yardstick("xz", measured.get().xz()));
    } else if (text != null) {
      yardsticks.add(
          new ReportedRun.Yardstick("order-5 n-gram on training text", text.contextLoss()));
    }
    return yardsticks;
  }
}
