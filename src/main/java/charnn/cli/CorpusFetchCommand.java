package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.PathConverter;
import charnn.cli.options.UsageException;
import charnn.cli.options.WebTexts;
import charnn.data.CorpusException;
import charnn.data.web.Downloads;
import charnn.data.web.Fetcher;
import charnn.data.web.Gutenberg;
import charnn.data.web.WebAddress;
import charnn.util.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn corpus fetch}. */
@Command(
    name = "fetch",
    description = {
      "Fetch texts from the web, and print the files they are in.",
      "(train --corpus takes the same names, and fetches what was not fetched before.)"
    },
    sortOptions = false)
final class CorpusFetchCommand extends BaseCommand<CorpusFetchCommand.Request> {
  @Parameters(
      paramLabel = "NUMBER|ADDRESS",
      arity = "1..*",
      description = "Books of Project Gutenberg by their numbers, or addresses with http.")
  private List<String> names;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Copy them into this folder (default: they stay in the cache).")
  private Path folder;

  @Option(
      names = "--mirror",
      paramLabel = "ADDRESS",
      description =
          "Take books from this mirror of Project Gutenberg; repeatable, the next is asked where one fails (default: "
              + Gutenberg.VARIABLE
              + ", else gutenberg.org).")
  private List<String> mirrors = List.of();

  @Option(
      names = "--again",
      description = "Fetch again what is in the cache, and say if it changed.")
  private boolean again;

  /** What to fetch. */
  record Request(List<WebAddress> addresses) {}

  CorpusFetchCommand(Console console) {
    super(console);
  }

  @Override
  Request request() {
    List<WebAddress> addresses = new ArrayList<>();
    try {
      for (String name : names) {
        if (!name.matches("\\d+") && !WebAddress.isMeant(name)) {
          throw new UsageException(
              format(
                  "'%s' is neither the number of a book, such as 2591, nor an address with http",
                  name));
        }
        addresses.add(WebAddress.of(name.matches("\\d+") ? "gutenberg:" + name : name));
      }
      Gutenberg.mirrors(mirrors);
    } catch (CorpusException e) {
      throw new UsageException(e.getMessage());
    }
    return new Request(addresses);
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    try (WebTexts shown = new WebTexts(console)) {
      Fetcher fetcher = shown.fetcher(mirrors);
      for (WebAddress address : request.addresses) {
        Path file = fetcher.fetch(address, again);
        Downloads.Fetched fetched = fetcher.record(address);
        shown.noted(
            format(
                "%s: %,d bytes from %s, SHA-256 %s",
                address.name(), fetched.bytes(), fetched.place(), fetched.sha256()));
        console.out().println(folder == null ? file : copied(file, address));
        console.out().flush();
      }
    }
    return ExitCode.DONE;
  }

  private Path copied(Path file, WebAddress address) throws IOException {
    Files.createDirectories(folder);
    Path copy = folder.resolve(address.fileName());
    if (!Files.exists(copy)) {
      AtomicFile.write(copy, out -> Files.copy(file, out));
    } else if (!Files.isRegularFile(copy) || Files.mismatch(file, copy) >= 0) {
      throw new CorpusException(
          copy
              + " is there already, with another text; remove it, or choose another folder with --to");
    }
    return copy;
  }
}
