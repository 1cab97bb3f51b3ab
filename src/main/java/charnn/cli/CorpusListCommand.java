package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.data.web.Catalogue;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code charnn corpus list}. */
@Command(
    name = "list",
    description = {
      "List some books of Project Gutenberg, of which many more are there.",
      "(To train on one: charnn train --corpus gutenberg:2591)"
    },
    sortOptions = false)
final class CorpusListCommand extends ReportCommand<List<Catalogue.Book>> {
  CorpusListCommand(Console console) {
    super(console);
  }

  @Override
  List<Catalogue.Book> request() {
    return Catalogue.books();
  }

  @Override
  ExitCode execute(List<Catalogue.Book> books) {
    StringBuilder table =
        new StringBuilder(
            format("%-16s %12s  %-10s  %s%n", "--corpus", "characters", "language", "book"));
    for (Catalogue.Book book : books) {
      table.append(
          format(
              "gutenberg:%-6d %4.1f million  %-10s  %s, %s%n",
              book.number(),
              book.millionCharacters(),
              book.language(),
              book.title(),
              book.author()));
    }
    return print(books, table.toString());
  }
}
