package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.DecodingOptions;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.Pair;
import charnn.cli.options.PairOptions;
import charnn.cli.options.PathConverter;
import charnn.cli.options.RandomErrorOptions;
import charnn.cli.options.TextOptions;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.OriginalText;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.predict.BothSides;
import charnn.proofread.Finding;
import charnn.proofread.Proofreader;
import charnn.proofread.Proofreading;
import charnn.proofread.RandomErrors;
import charnn.proofread.ReadText;
import charnn.report.FindingReport;
import charnn.report.Json;
import charnn.report.ProgressDisplay;
import charnn.report.ProofreadingReport;
import charnn.util.Formats;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn proofread}. */
@Command(
    description = {
      "Find probable errors of typing or scanning: what a model of the text before and one of the text after it both find improbable.",
      "(It needs a pair of models: charnn train --direction both. Each finding is a line: the place in the file, the context, the likelier word.)"
    },
    sortOptions = false)
final class ProofreadCommand extends ReportCommand<ProofreadCommand.Request> {
  /** Bits of --measure. */
  private static final double[] THRESHOLDS = {12, 16, 20};

  private static final double DEFAULT_THRESHOLD = 16;

  /** Reading that takes no longer shows no progress. */
  private static final long QUIET_NANOS = 2_000_000_000L;

  private static final String STANDARD_INPUT = "standard input";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      converter = PathConverter.class,
      description = "Plain-text files to read (default: standard input).")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "BITS",
      description =
          "Report what makes the text more probable by so many bits: 20 finds what is nearly certain, 12 also what is doubtful (default: 16).")
  private Double threshold;

  @Option(
      names = "--correct",
      description = "Print the text with all likelier readings in place, not the findings.")
  private boolean correct;

  @Mixin private PairOptions models;
  @Mixin private RandomErrorOptions errors;
  @Mixin private DecodingOptions decoding;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  /**
   * Texts to read.
   *
   * @param threads of the evaluation
   */
  record Request(Pair pair, EngineType kind, int threads) {}

  ProofreadCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    if (threshold != null) {
      Setting.THRESHOLD.require(threshold);
    }
    if (errors.isGiven()) {
      if (!files.isEmpty() || correct) {
        throw new UsageException(
            (correct ? "--correct prints a text" : "FILE is a text to read")
                + ", and --measure reads the validation set of --corpus; omit one");
      }
    } else {
      requireTexts();
    }
    int count = threads.count();
    EngineType kind = engine.kind(console);
    return new Request(models.find(console, kind), kind, count);
  }

  private void requireTexts() throws IOException {
    if (files.isEmpty() && console.inTerminal()) {
      throw new UsageException(
          "proofread needs a text: charnn proofread FILE, or a text on standard input");
    }
    TextOptions.requireNoWords(files, "proofread");
    if (correct && (files.size() > 1 || json())) {
      throw new UsageException(
          json()
              ? "--json and --correct both print; omit one"
              : format("--correct prints one text, got %d files; give one", files.size()));
    }
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    List<OriginalText> texts = errors.isGiven() ? List.of() : texts(request.pair.decoding());
    try (ThreadTeam workers = request.kind.workers(request.threads)) {
      Engine compute = request.kind.create(workers);
      BothSides sides = request.pair.languageModels(compute);
      console.log("reading with " + request.pair.labelWithSteps());
      Proofreader reader = new Proofreader(sides, new Evaluator(compute, workers), workers);
      if (errors.isGiven()) {
        return measure(request.pair, reader);
      }
      for (OriginalText text : texts) {
        proofread(text, reader);
      }
      return ExitCode.DONE;
    }
  }

  /**
   * @param characters of the models
   */
  private List<OriginalText> texts(DecodingSettings characters) throws IOException {
    if (files.isEmpty()) {
      return List.of(
          new OriginalText(STANDARD_INPUT, decoding.readStandardInput(console), characters));
    }
    List<OriginalText> texts = new ArrayList<>();
    for (Path file : files) {
      texts.add(new OriginalText(file.toString(), decoding.readFile(file, console), characters));
    }
    return texts;
  }

  /** Reads a text, with progress. */
  private Proofreading read(
      Proofreader reader, String name, char[] tokens, BitSet gaps, double least) {
    long started = System.nanoTime();
    try (ProgressDisplay display = console.progressDisplay()) {
      return reader.read(
          tokens,
          gaps,
          least,
          fraction -> {
            if (System.nanoTime() - started > QUIET_NANOS) {
              display.updateStatus(() -> format("%s: read %.0f %%", name, 100 * fraction));
            }
          });
    }
  }

  private void proofread(OriginalText text, Proofreader reader) throws CorpusException {
    ReadText read = ReadText.of(text, reader.sides().vocabulary());
    if (read.tokens().length < 2) {
      throw new CorpusException(
          text.file()
              + ": the models know fewer than two of the text's characters; name a longer text, or the models for this one");
    }
    double bits = threshold == null ? DEFAULT_THRESHOLD : threshold;
    List<Finding> findings =
        read.findings(
            read(reader, text.file(), read.tokens(), read.gaps(), bits).corrections(bits));
    if (correct) {
      console.out().print(read.corrected(findings));
    } else {
      for (Finding finding : findings) {
        FindingReport report = FindingReport.of(read, finding);
        console
            .rawOut()
            .print((json() ? Json.line(report) : report.toLine(console.colours())) + "\n");
      }
    }
    console.log(summary(read, findings, bits));
  }

  private static String summary(ReadText read, List<Finding> findings, double bits) {
    int unknown = read.unknown().length;
    long errors = findings.stream().filter(finding -> finding.kind() != null).count();
    return format(
        "%s: %,d probable error%s of %s bits or more in %,d characters%s%s",
        read.original().file(),
        errors,
        errors == 1 ? "" : "s",
        Formats.number(bits),
        read.tokens().length + unknown,
        unknown == 0 ? "" : format("; %,d unknown to the models", unknown),
        read.alike() == 0
            ? ""
            : format("; %,d unknown, read as characters that look alike", read.alike()));
  }

  private ExitCode measure(Pair pair, Proofreader reader) throws IOException {
    char[] heldOut = heldOut(pair, reader.sides().vocabulary());
    RandomErrors wrong =
        RandomErrors.of(heldOut, reader.sides().vocabulary().size(), errors.every(), errors.seed());
    if (wrong.places().length == 0) {
      throw new CorpusException(
          format(
              "the validation set has %,d characters, and one in %,d is to be an error: there is none; lower --errors",
              heldOut.length, errors.every()));
    }
    double[] thresholds = threshold == null ? THRESHOLDS : new double[] {threshold};
    Proofreading proofreading =
        read(reader, "validation set", wrong.text(), new BitSet(), thresholds[0]);
    ProofreadingReport report =
        new ProofreadingReport(
            heldOut.length,
            wrong.places().length,
            Arrays.stream(thresholds)
                .mapToObj(
                    bits ->
                        ProofreadingReport.Row.of(
                            bits, wrong.score(proofreading.corrections(bits))))
                .toList());
    return print(report, report.toText());
  }

  /** Returns the part of the corpus that neither model was trained on. */
  private char[] heldOut(Pair pair, Vocabulary vocabulary) throws CorpusException {
    List<ModelOptions.Found> both = List.of(pair.forward(), pair.backward());
    for (ModelOptions.Found one : both) {
      if (one.model().hyperparameters().validationFraction() == 0
          && one.model().provenance().validation() == null) {
        throw new CorpusException(
            one.label()
                + " was trained without a validation set, and --measure needs one; train a pair with --validation");
      }
    }
    DecodingSettings settings =
        decoding.settings(pair.decoding().keepBoilerplate()).asIn(pair.decoding());
    Corpus corpus = TextOptions.read(errors.corpus(console), settings, console);
    String part = ValidationSet.of(console, both, corpus, corpus.text()).inLines();
    return vocabulary.encode(vocabulary.withoutUnknown(part));
  }
}
