package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.ModelsDirOption;
import charnn.cli.options.NewRunOptions;
import charnn.cli.options.OptionNames;
import charnn.engine.registry.EngineType;
import charnn.plan.TrainingClock;
import charnn.report.PlanReport;
import charnn.train.NewRun;
import charnn.train.TrainingDiagnosis;
import charnn.util.ThreadTeam;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code charnn plan}. */
@Command(
    description =
        "Show the network, hyperparameters and time that train would use, without training.",
    sortOptions = false)
final class PlanCommand extends ReportCommand<EngineType> {
  @Mixin private ModelsDirOption modelsDir;
  @Mixin private NewRunOptions options;

  PlanCommand(Console console) {
    super(console);
  }

  @Override
  EngineType request() {
    return options.engine().kind(console);
  }

  @Override
  ExitCode execute(EngineType kind) throws IOException {
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
      TrainingDiagnosis.warning(
              planned.run().text(), planned.plan().hyperparameters().validationFrom())
          .ifPresent(warning -> console.log(warning.naming(OptionNames::of)));
      PlanReport report =
          PlanReport.of(
              planned.plan(),
              planned.run().text(),
              BaselineMeasurement.now(
                  console, planned.run().split(), planned.run().start().vocabulary()));
      return print(report, report.toText(console.columns()));
    }
  }
}
