package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.InputConverter;
import charnn.cli.options.ListedInputOptions;
import charnn.cli.options.MixOptions;
import charnn.cli.options.Mixture;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.TextOptions;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.CorpusText;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.data.HeldOutSample;
import charnn.data.InMemoryText;
import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.eval.Baselines;
import charnn.eval.Evaluator;
import charnn.eval.KnownText;
import charnn.eval.LossEstimate;
import charnn.eval.Renamed;
import charnn.eval.UnknownCharge;
import charnn.report.EvaluationReport;
import charnn.report.ProgressDisplay;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn eval}. */
@Command(
    description = {
      "Evaluate a model on a text: loss, perplexity, accuracy.",
      "(Unknown characters are charged a uniform distribution over the rest of Unicode.)"
    },
    sortOptions = false)
final class EvalCommand extends ReportCommand<EvalCommand.Request> {
  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1..*",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "What to evaluate on: text files, folders, archives or -, as in train, joined in this order.")
  private List<CorpusInput> corpus = List.of();

  @Mixin private ListedInputOptions listed;

  @Option(
      names = {"--validation", "--held-out"},
      description =
          "Evaluate on the validation set only: the last part of the text, split as in the model's training.")
  private boolean validation;

  @Option(
      names = "--whole",
      description =
          "With --validation: evaluate on all of a large validation set, not on a sample of 4,000,000 characters.")
  private boolean whole;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "carried",
      description =
          "carried: stateful, the state is carried through the text; windows: random windows, each from zero state, as for Transformers; dynamic: dynamic evaluation, the model also trains on the text that it has predicted (default: ${DEFAULT-VALUE}).")
  private Protocol protocol;

  @ArgGroup(exclusive = false)
  private WindowOptions windows = new WindowOptions();

  @Mixin private ModelOptions model;
  @Mixin private MixOptions mix;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  /** The windows to evaluate on. */
  private static final class WindowOptions {
    @Option(
        names = "--context",
        paramLabel = "T",
        description = "Context: characters per window (default: 256).")
    private Integer context;

    @Option(names = "--count", paramLabel = "N", description = "Number of windows (default: 2000).")
    private Integer count;

    @Option(
        names = "--seed",
        paramLabel = "S",
        description = "Random seed of the windows' offsets (default: 1).")
    private Long seed;

    boolean isGiven() {
      return context != null || count != null || seed != null;
    }

    int context() {
      return context == null ? 256 : context;
    }

    int count() {
      return count == null ? 2000 : count;
    }

    long seed() {
      return seed == null ? 1 : seed;
    }
  }

  /** The evaluation protocol. */
  enum Protocol {
    CARRIED,
    WINDOWS,
    DYNAMIC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An evaluation.
   *
   * @param inputs of the text
   * @param threads of the evaluation
   */
  record Request(Mixture mixture, CorpusInputs inputs, EngineType kind, int threads) {}

  EvalCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    CorpusInputs inputs = listed.required(corpus, console, "eval");
    if (whole && !validation) {
      throw new UsageException("--whole needs --validation");
    }
    if (windows.isGiven() && protocol != Protocol.WINDOWS) {
      throw new UsageException("--context, --count and --seed need --protocol windows");
    }
    Setting.CONTEXT.require(windows.context());
    Setting.SCORED_WINDOWS.require(windows.count());
    int count = threads.count();
    EngineType kind = engine.kind(console);
    if (protocol == Protocol.DYNAMIC && !kind.carriesState()) {
      throw new UsageException(
          "--protocol dynamic trains statefully, for which DL4J's gradients are wrong; omit --engine dl4j");
    }
    if (protocol == Protocol.DYNAMIC && model.count() > 1) {
      throw new UsageException("--protocol dynamic trains one model; give one --model");
    }
    List<Double> weights = mix.weights(model.count());
    Mixture mixture = Mixture.of(model.findAll(console), weights);
    mixture.models().forEach(found -> found.requireEngine(kind));
    return new Request(mixture, inputs, kind, count);
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    Mixture mixture = request.mixture;
    Vocabulary vocabulary = mixture.vocabulary();
    Corpus read = TextOptions.open(request.inputs, decoding(mixture), console);
    CorpusText content = read.content();
    boolean isSpelt = content.inMemory() > 0 && read.settings().normalization() == null;
    CorpusText spelt =
        isSpelt ? new InMemoryText(vocabulary.spelling(read.text()), List.of()) : content;
    Vocabulary characters = spelt.vocabulary();
    Tokens all = spelt.tokens(characters);
    TrainValidationSplit split = validation ? split(mixture, read, all, characters) : null;
    Tokens toEvaluate = validation ? split.validation() : all;
    KnownText known =
        KnownText.of(
            Renamed.of(toEvaluate, characters, vocabulary), vocabulary, mixture.direction());
    UnknownCharge charge = known.charge();
    if (known.unknown() > 0) {
      console.log(
          format(
              "%.1f %% of the characters are unknown to the model: left out %,d characters of the input, and charged %.1f nats for each",
              100 * charge.fraction(), known.unknown(), charge.natsUnknown()));
    }
    long rare = count(known.tokens(), vocabulary.unknownCharacter());
    if (rare > 0) {
      console.log(
          format(
              "%,d characters are too rare for the model: each is charged as the unknown character",
              rare));
    }
    console.log("evaluating " + mixture.labelWithSteps());
    LossEstimate estimate = evaluate(request, known.tokens());
    EvaluationReport report =
        EvaluationReport.of(
            mixture.label(),
            mixture.direction(),
            protocol + (protocol == Protocol.WINDOWS ? " of " + windows.context() : ""),
            estimate,
            known.unknown(),
            charge,
            validation ? baselines(split, characters, mixture.direction()) : Optional.empty());
    return print(report, report.toText(terminalColumns()));
  }

  private static long count(Tokens tokens, int token) {
    long count = 0;
    for (long i = 0; token >= 0 && i < tokens.length(); i++) {
      count += tokens.at(i) == token ? 1 : 0;
    }
    return count;
  }

  private Optional<Baselines> baselines(
      TrainValidationSplit split, Vocabulary characters, Direction direction) {
    return BaselineMeasurement.now(console, split.turned(direction), characters);
  }

  /** Returns the split of the models; of a large validation set, the sample. */
  private TrainValidationSplit split(
      Mixture mixture, Corpus read, Tokens all, Vocabulary characters) throws CorpusException {
    TrainValidationSplit split =
        ValidationSet.split(console, mixture.models(), read, all, characters);
    if (whole || !read.settings().hasLargeTexts()) {
      return split;
    }
    Tokens heldOut = split.validation();
    Tokens sample =
        HeldOutSample.of(heldOut, mixture.models().get(0).model().hyperparameters().seed());
    if (sample.length() < heldOut.length()) {
      console.log(
          format(
              "evaluating a sample of %,d of the %,d characters held out; --whole evaluates all",
              sample.length(), heldOut.length()));
    }
    return new TrainValidationSplit(split.training(), sample);
  }

  /**
   * Returns how to read the text. The validation set needs the rules of the training text; another
   * text needs only its characters, and what a document is.
   */
  private DecodingSettings decoding(Mixture mixture) {
    DecodingSettings before = mixture.decoding();
    DecodingSettings asked = text.settings();
    if (validation) {
      return asked.asIn(before);
    }
    return asked.withCharactersOf(before).withDocuments(before.documents());
  }

  private LossEstimate evaluate(Request request, Tokens tokens) throws IOException {
    long characters =
        protocol == Protocol.WINDOWS ? (long) windows.count() * windows.context() : tokens.length();
    try (ThreadTeam workers = request.kind.workers(request.threads);
        ProgressDisplay display = console.progressDisplay()) {
      Engine engine = request.kind.create(workers);
      Evaluator evaluator = new Evaluator(engine, workers);
      LongConsumer progress =
          done -> display.updateStatus(() -> format("%,d of %,d characters", done, characters));
      return switch (protocol) {
        case CARRIED -> evaluator.evaluate(request.mixture.languageModel(engine), tokens, progress);
        case DYNAMIC ->
            evaluator.evaluateDynamically(
                request.mixture.models().get(0).model().network(), tokens, progress);
        case WINDOWS ->
            evaluator.evaluateWindows(
                request.mixture.languageModel(engine),
                tokens,
                windows.context(),
                windows.count(),
                windows.seed(),
                progress);
      };
    }
  }
}
