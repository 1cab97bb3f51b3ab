package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.CacheLocation;
import charnn.cli.options.UsageException;
import charnn.data.cache.CorpusCache;
import charnn.report.CacheReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn corpus clean}. */
@Command(
    name = "clean",
    description = {
      "List the large corpora that are kept encoded in the cache, and free their space.",
      "(A freed corpus is encoded again when it is needed; one in use is kept.)"
    },
    sortOptions = false)
final class CorpusCleanCommand extends ReportCommand<CorpusCleanCommand.Request> {
  @Parameters(paramLabel = "ID", description = "Free these; the first letters are enough.")
  private List<String> ids = List.of();

  @Option(names = "--yes", description = "Free all (default: only list them).")
  private boolean yes;

  /**
   * What to free.
   *
   * @param freed what is freed if it is not in use
   */
  record Request(CorpusCache cache, List<CorpusCache.Entry> all, List<CorpusCache.Entry> freed) {}

  CorpusCleanCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    CorpusCache cache = CacheLocation.of(console);
    List<CorpusCache.Entry> all = cache.entries();
    if (yes && ids.isEmpty()) {
      return new Request(cache, all, all);
    }
    List<CorpusCache.Entry> freed = new ArrayList<>();
    for (String id : ids) {
      List<CorpusCache.Entry> named =
          all.stream().filter(entry -> !id.isEmpty() && entry.name().startsWith(id)).toList();
      if (named.isEmpty()) {
        throw new UsageException(
            format("the cache holds no corpus %s; charnn corpus clean lists them", id));
      }
      freed.addAll(named);
    }
    return new Request(cache, all, freed);
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    List<CacheReport.Row> rows = new ArrayList<>();
    boolean isAnyKept = false;
    for (CorpusCache.Entry entry : request.all) {
      String state = "kept";
      if (request.freed.contains(entry)) {
        state = request.cache.delete(entry) ? "freed" : "in use";
      }
      isAnyKept |= state.equals("kept");
      rows.add(CacheReport.Row.of(entry, state));
    }
    CacheReport report = CacheReport.of(request.cache.folder().toString(), rows);
    ExitCode code = print(report, report.toText());
    if (isAnyKept && request.freed.isEmpty()) {
      console.log("to free them: charnn corpus clean --yes, or an ID");
    }
    return code;
  }
}
