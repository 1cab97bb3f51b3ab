package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.FillOptions;
import charnn.cli.options.InputConverter;
import charnn.cli.options.InputOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.Pair;
import charnn.cli.options.PairOptions;
import charnn.cli.options.PromptFile;
import charnn.cli.options.TextOptions;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.data.input.CorpusInput;
import charnn.engine.registry.EngineType;
import charnn.fill.FillMeasurement;
import charnn.fill.FilledText;
import charnn.fill.GapFiller;
import charnn.generate.Prompt;
import charnn.report.FillAccuracyReport;
import charnn.report.FilledReport;
import charnn.report.Json;
import charnn.report.ProgressDisplay;
import charnn.report.TextWriter;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn fill}. */
@Command(
    description = {
      "Fill the gaps of a text, such as \"Once upon a time ___ in a castle\", from both sides.",
      "(It needs a pair of models: charnn train --direction both. The most probable texts are found by beam search; nothing is random.)"
    },
    sortOptions = false)
final class FillCommand extends BaseCommand<FillCommand.Request> {
  /** Gaps that take no longer show no progress. */
  private static final long QUIET_NANOS = 2_000_000_000L;

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description =
          "The text with its gaps, each three or more underscores (default: standard input, without its last newline).")
  private String text;

  @Mixin private FillOptions options;

  @Option(
      names = "--json",
      description =
          "Print a line of JSON for each text: text, gaps, log_probability, forward_log_probability, backward_log_probability, model, backward_model, settings; with --measure, for each length.")
  private boolean json;

  @Option(
      names = "--measure",
      paramLabel = "N",
      description =
          "Fill N gaps of each length --gap at random places of --corpus, and print how often what stood there is restored.")
  private Integer measure;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "What to measure on: a text file, a folder, an archive or -, as in train; repeatable, joined in this order.")
  private List<CorpusInput> corpus = List.of();

  @Mixin private InputOptions inputs;

  @Option(
      names = {"--validation", "--held-out"},
      description =
          "Measure on the validation set only: the last part of the text, split as in the models' training.")
  private boolean validation;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Random seed of the places that are measured (default: 1).")
  private Long seed;

  @Mixin private PromptFile promptFile;
  @Mixin private PairOptions models;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  /**
   * Gaps to fill.
   *
   * @param text whose gaps are filled; null to measure
   * @param threads of the measurement
   */
  record Request(Pair pair, EngineType kind, String text, int threads) {}

  FillCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    int count = threads.count();
    EngineType kind = engine.kind(console);
    options.beam();
    if (measure != null) {
      requireMeasurable();
      return new Request(models.find(console, kind), kind, null, count);
    }
    if (!corpus.isEmpty() || validation || seed != null) {
      String option = seed != null ? "--seed" : validation ? "--validation" : "--corpus";
      throw new UsageException(
          option + " is for --measure: the gaps of a text are filled without it; omit it");
    }
    return new Request(models.find(console, kind), kind, read(), count);
  }

  private void requireMeasurable() {
    if (text != null || promptFile.isGiven()) {
      throw new UsageException(
          "--measure makes gaps in --corpus, and takes no text to fill; omit one");
    }
    if (corpus.isEmpty()) {
      throw new UsageException("--measure needs --corpus, the text in which gaps are made");
    }
    Setting.GAPS.require(measure);
    options.measured();
  }

  private String read() throws IOException {
    if (text != null && promptFile.isGiven()) {
      throw new UsageException("fill takes a text or --prompt-file, not both; omit one");
    }
    options.lengths();
    options.requireEscapes(text != null);
    if (text != null) {
      promptFile.requireNoDecoding();
      return requireGap(options.unescaped(text));
    }
    if (promptFile.isGiven()) {
      return requireGap(promptFile.read(console));
    }
    if (console.inTerminal()) {
      throw new UsageException(
          "fill needs a text with a gap: charnn fill \"Once upon a time ___ in a castle\", or a text on standard input");
    }
    return requireGap(promptFile.readStandardInput(console));
  }

  private String requireGap(String read) {
    if (options.marker().parts(read).size() == 1) {
      throw new UsageException(
          "the text has no gap; write ___ where something is missing, or name what stands for it with --marker");
    }
    return read;
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    Pair pair = request.pair;
    console.log("models " + pair.labelWithSteps());
    return request.text == null ? measure(request) : fill(request);
  }

  private ExitCode fill(Request request) {
    Pair pair = request.pair;
    List<String> parts = options.marker().parts(request.text);
    List<int[]> read = encoded(parts, pair);
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    try (ThreadTeam workers = request.kind.workers(1)) {
      Vocabulary vocabulary = pair.forward().model().vocabulary();
      GapFiller filler =
          new GapFiller(pair.languageModels(request.kind.create(workers)), options.beam());
      List<FilledText> texts = filled(filler, read);
      for (int i = 0; i < texts.size(); i++) {
        FilledText filled = texts.get(i);
        List<String> gaps = filled.texts(vocabulary);
        String whole = FilledText.joined(parts, gaps);
        writer.write(
            json ? json(pair, filled, whole, gaps) + "\n" : (i == 0 ? "" : "\n\n") + whole);
      }
      if (texts.size() < options.count()) {
        console.log(format("there are only %,d texts, not %,d", texts.size(), options.count()));
      }
    }
    writer.end();
    return ExitCode.DONE;
  }

  private List<FilledText> filled(GapFiller filler, List<int[]> parts) {
    long started = System.nanoTime();
    try (ProgressDisplay display = console.progressDisplay()) {
      return filler.fill(
          parts,
          options.lengths(),
          options.count(),
          gap -> {
            if (System.nanoTime() - started > QUIET_NANOS) {
              display.updateStatus(() -> format("gap %,d of %,d", gap, parts.size() - 1));
            }
          });
    }
  }

  /** Returns the parts of the text as the models read them. */
  private List<int[]> encoded(List<String> parts, Pair pair) {
    Vocabulary vocabulary = pair.forward().model().vocabulary();
    DecodingSettings decoding = pair.decoding();
    List<int[]> encoded = new ArrayList<>();
    Set<String> warnings = new LinkedHashSet<>();
    for (String part : parts) {
      Prompt read =
          Prompt.of(
              vocabulary.spelling(decoding.normalized(part)),
              vocabulary,
              "kept in the text, but replaced for reading: ",
              "kept in the text, but not read: ");
      warnings.addAll(read.warnings());
      encoded.add(read.indices());
    }
    warnings.forEach(console::log);
    return encoded;
  }

  private String json(Pair pair, FilledText filled, String whole, List<String> gaps) {
    return Json.line(
        new FilledReport(
            whole,
            gaps,
            filled.score(),
            filled.forward(),
            filled.backward(),
            pair.forward().label(),
            pair.backward().label(),
            options.settings()));
  }

  private ExitCode measure(Request request) throws IOException {
    Pair pair = request.pair;
    int[] tokens = toMeasure(pair);
    long places = seed == null ? 1 : seed;
    List<FillAccuracyReport> reports = new ArrayList<>();
    try (ThreadTeam workers = request.kind.workers(request.threads);
        ProgressDisplay display = console.progressDisplay()) {
      GapFiller filler =
          new GapFiller(pair.languageModels(request.kind.create(workers)), options.beam());
      FillMeasurement measurement = new FillMeasurement(filler, workers);
      for (int length : options.measured()) {
        reports.add(
            FillAccuracyReport.of(
                pair.forward().label(),
                pair.backward().label(),
                length,
                measure,
                places,
                options.beam(),
                measurement.measure(
                    tokens,
                    length,
                    measure,
                    places,
                    done ->
                        display.updateStatus(
                            () -> format("gaps of %,d: %,d of %,d", length, done, measure)))));
      }
    }
    if (json) {
      reports.forEach(report -> console.out().print(Json.line(report) + "\n"));
    } else {
      console.out().print(FillAccuracyReport.toText(reports));
    }
    return ExitCode.DONE;
  }

  /** Returns the tokens of the text to measure on. */
  private int[] toMeasure(Pair pair) throws IOException {
    Vocabulary vocabulary = pair.forward().model().vocabulary();
    DecodingSettings before = pair.decoding();
    DecodingSettings asked = promptFile.decoding();
    DecodingSettings settings = validation ? asked.asIn(before) : asked.withCharactersOf(before);
    Corpus read = TextOptions.read(inputs.of(corpus, console), settings, console);
    String spelt =
        read.settings().normalization() == null ? vocabulary.spelling(read.text()) : read.text();
    List<ModelOptions.Found> both = List.of(pair.forward(), pair.backward());
    String part = validation ? ValidationSet.of(console, both, read, spelt).inLines() : spelt;
    long unknown = vocabulary.inexpressible(part);
    if (unknown > 0) {
      console.log(format("%,d characters are unknown to the models, and left out", unknown));
    }
    String known = vocabulary.withoutUnknown(part);
    if (known.isEmpty()) {
      throw new CorpusException(
          "the models know none of the characters; are they the models for this text?");
    }
    return known.codePoints().map(vocabulary::indexOrUnknown).toArray();
  }
}
