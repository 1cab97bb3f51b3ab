package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.InputConverter;
import charnn.cli.options.ListedInputOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.PathConverter;
import charnn.cli.options.TextOptions;
import charnn.cli.options.UsageException;
import charnn.cli.options.WebTexts;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.PlacedText;
import charnn.data.Spacing;
import charnn.data.SuffixAutomaton;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.eval.Novelty;
import charnn.report.NoveltyReport;
import charnn.report.ProgressDisplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn novelty}. */
@Command(
    description = {
      "Measure how much of a text is copied from a book, beside how much the book's own last part shares with the rest of it.",
      "(For instance: charnn sample | charnn novelty --corpus grimm.txt, or charnn novelty text.txt --corpus grimm.txt)"
    },
    sortOptions = false)
final class NoveltyCommand extends ReportCommand<NoveltyCommand.Request> {
  private static final String STANDARD_INPUT = "standard input";

  /** A comparison that takes no longer shows no progress. */
  private static final long QUIET_NANOS = 2_000_000_000L;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Files with the text (default: standard input).")
  private List<Path> texts;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "What may have been copied from: a text file, a folder, an archive, as in train; repeatable. A shared passage stands in one text.")
  private List<CorpusInput> books = List.of();

  @Mixin private ListedInputOptions listed;

  @Option(
      names = "--keep-whitespace",
      description =
          "Compare white space, too (default: a run of spaces and line ends counts as one space).")
  private boolean keepWhiteSpace;

  @Mixin private TextOptions text;

  /**
   * A comparison.
   *
   * @param text that may be copied
   * @param books that it may be copied from
   */
  record Request(PlacedText text, CorpusInputs books) {}

  NoveltyCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    CorpusInputs inputs = listed.required(books, console, "novelty");
    if (texts != null) {
      TextOptions.requireNoWords(texts, "novelty --corpus FILE");
      return new Request(read(texts), inputs);
    }
    if (inputs.readsStandardInput()) {
      throw new UsageException(
          "standard input is the text to compare; name a file of it, or of --corpus");
    }
    if (console.inTerminal()) {
      throw new UsageException(
          "novelty needs a text: charnn novelty text.txt --corpus grimm.txt, or a text on standard input, for instance"
              + " charnn sample | charnn novelty --corpus grimm.txt");
    }
    // Before a text is read that may have taken hours to generate.
    WebTexts.fetch(inputs, console);
    for (CorpusInput book : inputs.all()) {
      if (!Files.isReadable(book.file())) {
        TextOptions.read(CorpusInputs.ofFiles(List.of(book.file())), text.settings(), console);
      }
    }
    PlacedText.Builder builder = new PlacedText.Builder();
    add(builder, STANDARD_INPUT, text.decoding().readStandardInput(console));
    PlacedText read = builder.build();
    if (read.text().isBlank()) {
      throw new CorpusException(
          "standard input has no text; generate one, for instance with charnn sample");
    }
    return new Request(read, inputs);
  }

  private PlacedText read(List<Path> files) throws IOException {
    PlacedText.Builder builder = new PlacedText.Builder();
    for (Path file : files) {
      add(builder, file.toString(), text.decoding().readFile(file, console));
    }
    PlacedText read = builder.build();
    if (read.text().isBlank()) {
      throw new CorpusException(
          (files.size() == 1 ? files.get(0) + " holds" : "the texts hold")
              + " nothing but white space; novelty needs a text to compare");
    }
    return read;
  }

  private void add(PlacedText.Builder builder, String name, String read) {
    String whole = text.settings().normalized(read);
    builder.add(
        name,
        whole,
        Corpus.remainder(name, whole, text.settings(), note -> console.log(OptionNames.in(note))));
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    if (request.text.text().length() > SuffixAutomaton.MAX_LENGTH) {
      throw new CorpusException(
          format(
              "the text has %,d characters, and novelty compares at most %,d; take a part of it",
              request.text.text().length(), SuffixAutomaton.MAX_LENGTH));
    }
    Corpus book = TextOptions.read(request.books, text.settings(), console);
    NoveltyReport report = NoveltyReport.of(compare(request.text, book.placed()));
    return print(report, report.toText(terminalColumns()));
  }

  private Novelty compare(PlacedText read, PlacedText book) {
    long started = System.nanoTime();
    try (ProgressDisplay display = console.progressDisplay()) {
      return Novelty.of(
          read,
          book,
          keepWhiteSpace ? Spacing.KEPT : Spacing.FOLDED,
          fraction -> {
            if (System.nanoTime() - started > QUIET_NANOS) {
              display.updateStatus(() -> format("compared %.0f %%", 100 * fraction));
            }
          });
    }
  }
}
