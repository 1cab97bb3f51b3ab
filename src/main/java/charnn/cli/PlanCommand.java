package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.CommonOptions;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.NewRunOptions;
import charnn.cli.options.OptionNames;
import charnn.engine.registry.EngineType;
import charnn.plan.TrainingClock;
import charnn.report.Json;
import charnn.report.PlanReport;
import charnn.train.NewRun;
import charnn.train.TrainingDiagnosis;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn plan}. */
@Command(
    description =
        "Show the network, hyperparameters and time that train would use, without training.",
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelsDirOption modelsDir;
  @Mixin private NewRunOptions options;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Mixin private CommonOptions common;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    EngineType kind = options.engine().kind(console);
    try (ThreadTeam workers = options.threads().workers(kind)) {
      NewRun planned =
          options.newRun(
              console,
              console::log,
              modelsDir.path(console),
              kind,
              workers,
              new TrainingClock(System.nanoTime()),
              true);
      TrainingDiagnosis.warning(planned.run().text())
          .ifPresent(warning -> console.log(warning.naming(OptionNames::of)));
      PlanReport report = PlanReport.of(planned.plan(), planned.run().text());
      console.out().print(json ? Json.of(report) + "\n" : report.toText(console.columns()));
    }
    return ExitCode.DONE.code();
  }
}
