package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.OptionNames;
import charnn.cli.options.PathConverter;
import charnn.cli.options.TextOptions;
import charnn.cli.options.UsageException;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.eval.CopyDetection;
import charnn.report.CopyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn novelty}. */
@Command(
    description =
        "Measure how much of standard input is copied from a text (memorization): charnn sample | charnn novelty --corpus grimm.txt",
    sortOptions = false)
final class NoveltyCommand extends ReportCommand<Corpus> {
  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      required = true,
      arity = "1..*",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Plain-text files that may have been copied from, joined in this order.")
  private List<Path> files;

  @Mixin private TextOptions text;

  NoveltyCommand(Console console) {
    super(console);
  }

  @Override
  Corpus request() throws IOException {
    if (console.inTerminal()) {
      throw new UsageException(
          "novelty reads a text from standard input, for instance: charnn sample | charnn novelty --corpus grimm.txt");
    }
    return TextOptions.read(files, text.settings(), console);
  }

  @Override
  ExitCode execute(Corpus book) throws IOException {
    String read =
        Corpus.book(
            "standard input",
            book.settings().normalized(text.decoding().readStandardInput(console)),
            book.settings(),
            note -> console.log(OptionNames.in(note)));
    if (read.isBlank()) {
      throw new CorpusException(
          "standard input has no text; generate one, for instance with charnn sample");
    }
    CopyReport report = CopyReport.of(CopyDetection.of(read, book.text()));
    return print(report, report.toText());
  }
}
