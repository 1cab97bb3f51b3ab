package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.CommonOptions;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.PathConverter;
import charnn.cli.options.TextOptions;
import charnn.cli.options.ThreadsOption;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.TrainValidationSplit;
import charnn.data.Vocabulary;
import charnn.engine.registry.EngineType;
import charnn.eval.Evaluator;
import charnn.eval.LossEstimate;
import charnn.eval.UnknownCharge;
import charnn.model.Model;
import charnn.nn.Network;
import charnn.report.EvaluationReport;
import charnn.report.Json;
import charnn.report.ProgressDisplay;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn eval}. */
@Command(
    description = {
      "Tell how well a model predicts a text.",
      "(A character that the model does not know is charged as one of Unicode's others, all equally likely.)"
    },
    sortOptions = false)
final class EvalCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      converter = PathConverter.class,
      description = "Plain-text files to score, joined in this order.")
  private List<Path> files;

  @Option(
      names = "--held-out",
      description =
          "Score only the last part of the text: as much as the model's training held out.")
  private boolean validation;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      defaultValue = "carried",
      description =
          "carried: the state carried through the whole text; windows: random windows, each from an empty context, as Transformers are scored; dynamic: carried, and the model goes on learning from what it has been scored on (default: ${DEFAULT-VALUE}).")
  private Protocol protocol;

  @ArgGroup(exclusive = false)
  private WindowOptions windows = new WindowOptions();

  @Mixin private ModelOptions model;
  @Mixin private TextOptions text;
  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Mixin private CommonOptions common;

  /** Which windows are scored. */
  private static final class WindowOptions {
    @Option(
        names = "--context",
        paramLabel = "T",
        description = "Characters of a window (default: 256).")
    private Integer context;

    @Option(names = "--count", paramLabel = "N", description = "Windows to score (default: 2000).")
    private Integer count;

    @Option(
        names = "--seed",
        paramLabel = "S",
        description = "Seed of the windows' places (default: 1).")
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

  /** How a text is read. */
  enum Protocol {
    CARRIED,
    WINDOWS,
    DYNAMIC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (windows.isGiven() && protocol != Protocol.WINDOWS) {
      throw new UsageException("--context, --count and --seed go with --protocol windows");
    }
    ModelOptions.Found found = model.find(console);
    Vocabulary vocabulary = found.model().vocabulary();
    Corpus corpus = TextOptions.read(files, reading(found.model()), console);
    String spelt =
        corpus.reading().normalization() == null
            ? vocabulary.spelling(corpus.text())
            : corpus.text();
    String toScore = validation ? validation(found.model(), corpus, spelt) : spelt;
    long unknown = vocabulary.unknown(toScore);
    char[] indices = vocabulary.encode(vocabulary.withoutUnknown(toScore));
    if (indices.length < 2) {
      throw new CorpusException(
          "the model knows fewer than two of the characters to score; is it the model for this text?");
    }
    UnknownCharge charge = UnknownCharge.of(unknown, unknown + indices.length, vocabulary.size());
    if (unknown > 0) {
      console.say(
          format(
              "%.1f %% of the characters are unknown to the model: left out %,d characters in reading, and charged %.1f nats for each",
              100 * charge.fraction(), unknown, charge.natsUnknown()));
    }
    console.say(
        format("scoring with %s (step %,d)", found.label(), found.model().progress().step()));
    EvaluationReport report =
        EvaluationReport.of(
            found.label(),
            protocol + (protocol == Protocol.WINDOWS ? " of " + windows.context() : ""),
            score(found, indices),
            unknown,
            charge);
    console.out().print(json ? Json.of(report) + "\n" : report.toText());
    return ExitCode.DONE.code();
  }

  /**
   * Reads as the model's text was read; of today's rules only the validation part needs its own.
   */
  private Corpus.Reading reading(Model scored) {
    Corpus.Reading before = scored.provenance().reading();
    Corpus.Reading asked = text.reading();
    if (validation) {
      return asked.asIn(before);
    }
    return before.normalization() == null ? asked.withoutNormalization() : asked;
  }

  private String validation(Model scored, Corpus corpus, String all) throws CorpusException {
    double fraction = scored.hyperparameters().validationFraction();
    if (fraction == 0) {
      throw new CorpusException("the model's training held nothing out; leave --held-out out");
    }
    if (!scored.provenance().textSha256().equals(corpus.textSha256())) {
      console.say(
          "this is not the text that the model was trained on, as it was read then: its last part may not have been held out");
    }
    int characters = all.codePointCount(0, all.length());
    return all.substring(
        all.offsetByCodePoints(0, TrainValidationSplit.trainingLength(characters, fraction)));
  }

  private LossEstimate score(ModelOptions.Found found, char[] indices) throws IOException {
    EngineType kind = engine.kind(console);
    if (protocol == Protocol.DYNAMIC && !kind.carriesState()) {
      throw new UsageException(
          "--protocol dynamic learns with the state carried, for which DL4J's gradients are wrong; leave --engine dl4j out");
    }
    long characters =
        protocol == Protocol.WINDOWS ? (long) windows.count() * windows.context() : indices.length;
    try (ThreadTeam workers = threads.workers(kind);
        ProgressDisplay lines = console.lines()) {
      Evaluator evaluator = new Evaluator(kind.create(workers), workers);
      Network network = found.model().network();
      LongConsumer progress =
          done -> lines.status(() -> format("%,d of %,d characters", done, characters));
      return switch (protocol) {
        case CARRIED -> evaluator.evaluate(network, indices, progress);
        case DYNAMIC -> evaluator.evaluateDynamically(network, indices, progress);
        case WINDOWS ->
            evaluator.evaluateWindows(
                network, indices, windows.context(), windows.count(), windows.seed(), progress);
      };
    }
  }
}
