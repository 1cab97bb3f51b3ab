package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.options.PathConverter;
import charnn.cli.options.ThreadsOption;
import charnn.nn.LossMetrics;
import charnn.report.TextTable;
import charnn.spark.Cluster;
import charnn.spark.RunList;
import charnn.spark.Sweep;
import charnn.spark.SweptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code charnn-spark sweep}. */
@Command(
    description = {
      "Train a list of runs, many at once, and compare them.",
      "(A line of the list is a name and the options of train, quoted as for the shell. Started"
          + " again, runs that are through are skipped, others are resumed.)"
    },
    sortOptions = false)
final class SweepCommand extends BaseCommand<SweepCommand.Request> {
  private static final int BEST = 3;

  @Parameters(
      index = "0",
      paramLabel = "RUNS",
      converter = PathConverter.class,
      description = "The list, as scripts/overnight.sh takes it.")
  private Path runs;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FOLDER",
      converter = PathConverter.class,
      description =
          "Folder of the runs, which all machines see under the same name (default: models/sweep in charnn's own folder).")
  private Path folder;

  @Mixin private ThreadsOption threads;

  /** Runs to train. */
  record Request(List<RunList.Run> runs, Path folder) {}

  SweepCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    Path to = folder == null ? console.home().resolve("models").resolve("sweep") : folder;
    Files.createDirectories(to);
    return new Request(RunList.read(runs), to.toAbsolutePath());
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    List<String> java = Jvm.LONG.allOptions();
    try (Interrupts interrupts =
            new Interrupts(() -> console.log("interrupted, the runs are saved..."));
        Cluster spark = Cluster.open(threads.given(), java)) {
      console.log(
          format(
              "%,d runs, %,d at once; their logs are %s/NAME.log",
              request.runs.size(), spark.tasksAtOnce(), request.folder));
      List<SweptRun> trained = Sweep.run(spark, request.runs, request.folder, java, interrupts);
      print(trained, request.folder);
      return trained.stream().allMatch(run -> run.failure() == null)
          ? ExitCode.DONE
          : ExitCode.FAILED;
    } catch (CancellationException e) {
      console.log("start it again to continue");
      return ExitCode.INTERRUPTED;
    }
  }

  private void print(List<SweptRun> runs, Path folder) {
    TextTable table =
        new TextTable("steps", "epochs", "best step", "nats/char", "bits/char", "run");
    for (SweptRun run : runs) {
      boolean isScored = run.bestStep() >= 0;
      table.add(
          format("%d", run.steps()),
          format("%.1f", run.epochs()),
          isScored ? format("%d", run.bestStep()) : "-",
          isScored ? format("%.4f", run.loss()) : "-",
          isScored ? format("%.4f", run.loss() / LossMetrics.LN_2) : "-",
          run.name());
    }
    console.out().print(table);
    for (SweptRun run : runs) {
      if (run.failure() != null) {
        console.log(format("run '%s' failed: %s", run.name(), run.failure()));
      }
    }
    List<SweptRun> best =
        runs.stream()
            .filter(run -> run.bestStep() >= 0)
            .sorted(Comparator.comparingDouble(SweptRun::loss))
            .limit(BEST)
            .toList();
    if (best.size() > 1) {
      console.log(
          format(
              "the best together: charnn sample --models-dir '%s' %s --mix %s",
              folder,
              best.stream()
                  .map(run -> "--model '" + run.name() + "'")
                  .collect(Collectors.joining(" ")),
              best.stream().map(run -> "1").collect(Collectors.joining(","))));
    }
  }
}
