package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.InputConverter;
import charnn.cli.options.ListedInputOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.TextOptions;
import charnn.cli.options.UsageException;
import charnn.data.CharacterCounts;
import charnn.data.Corpus;
import charnn.data.DecodingSettings;
import charnn.data.ProfileSink;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.eval.Entropy;
import charnn.report.CorpusReport;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code charnn corpus info}. */
@Command(
    name = "info",
    description = {
      "Describe a text: its characters, lines and paragraphs, and what may be wrong with it.",
      "(Letters and accents stay as they are in the files; train joins them.)"
    },
    sortOptions = false)
final class CorpusInfoCommand extends ReportCommand<CorpusInputs> {
  /** Entropies of more characters than this would take too much memory. */
  private static final int MOST_ENTROPY = 4_000_000;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "Texts, as --corpus of train takes them: files, folders, archives, e-books, addresses, gutenberg:NUMBER, or - (standard input).")
  private List<CorpusInput> inputs = List.of();

  @Mixin private ListedInputOptions listed;
  @Mixin private TextOptions text;

  CorpusInfoCommand(Console console) {
    super(console);
  }

  @Override
  CorpusInputs request() throws IOException {
    if (inputs.isEmpty() && !listed.isGiven()) {
      throw new UsageException("corpus info needs a text: charnn corpus info FILE");
    }
    return listed.of(inputs, console);
  }

  @Override
  ExitCode execute(CorpusInputs named) throws IOException {
    DecodingSettings settings = text.settings().withoutNormalization();
    ProfileSink sink = new ProfileSink(MOST_ENTROPY);
    Corpus corpus = TextOptions.read(named, settings, sink, console);
    CharacterCounts counts = corpus.content().counts();
    Tokens first =
        counts.different() > Vocabulary.MAX_SIZE
            ? Tokens.of()
            : corpus.content().tokens(Vocabulary.of(counts.codePoints()));
    double[] entropies;
    try (Preparation shown = new Preparation(console, "entropies", Entropy.work(first))) {
      entropies = Entropy.of(first, shown);
    }
    CorpusReport report = CorpusReport.of(corpus, sink.profile(), entropies, first.length());
    return print(report, report.toText(OptionNames::of, terminalColumns()));
  }
}
