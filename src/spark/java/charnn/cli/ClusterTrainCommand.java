package charnn.cli;

import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.ClusterOptions;
import charnn.cli.options.UsageException;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Progress;
import charnn.model.ScheduleHorizon;
import charnn.plan.RunLength;
import charnn.spark.Cluster;
import charnn.spark.ClusterSettings;
import charnn.spark.SparkExecutor;
import charnn.train.NewRun;
import charnn.train.PreparedRun;
import charnn.train.RunExecutor;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code charnn-spark train}. */
@Command(
    description = "Train a model on a cluster: local SGD with an outer step.",
    sortOptions = false)
final class ClusterTrainCommand extends TrainCommand {
  @Mixin private ClusterOptions cluster;

  private Cluster spark; // open while the command runs

  ClusterTrainCommand(Console console) {
    super(console);
  }

  @Override
  Request request() throws IOException {
    if (options().settings().isPair()) {
      throw new UsageException(
          "--direction both trains two models, and charnn-spark one at a time; train each with --direction forward or backward");
    }
    if (options().engine().isGiven() && options().engine().kind(console) == EngineType.DL4J) {
      throw new UsageException("--engine dl4j is not for a cluster; omit it");
    }
    return super.request();
  }

  @Override
  String program() {
    return "charnn-spark";
  }

  /** Whether the run has the settings of a cluster, is seen when they are read. */
  @Override
  void requireResumable(RunDirectory directory) {}

  @Override
  ExitCode execute(Request request) throws IOException {
    try (Cluster opened = Cluster.open(options().threads().given(), Jvm.LONG.allOptions())) {
      spark = opened;
      return super.execute(request);
    }
  }

  @Override
  RunExecutor.Factory executors(RunDirectory directory) {
    return (run, network, interruption) ->
        new SparkExecutor(
            spark.context(),
            settings(directory, run),
            run,
            network,
            interruption,
            directory,
            cluster.staging());
  }

  private ClusterSettings settings(RunDirectory directory, PreparedRun run) throws IOException {
    return run.progress().step() > 0 || ClusterSettings.areIn(directory.path())
        ? cluster.over(ClusterSettings.of(directory.path()))
        : cluster.settings(spark.tasksAtOnce());
  }

  /**
   * Returns the run that several workers share: each reads its part of the text, so that an epoch
   * has fewer steps.
   */
  @Override
  NewRun adapted(NewRun planned) {
    ClusterSettings settings = cluster.settings(spark.tasksAtOnce());
    PreparedRun run = planned.run();
    Model start = run.start();
    Hyperparameters hyperparameters = start.hyperparameters();
    long stepsPerEpoch = Math.max(1, run.progress().stepsPerEpoch() / settings.workers());
    if (options().length() instanceof RunLength.Epochs epochs) {
      long steps = Math.max(1, Math.round(epochs.epochs() * stepsPerEpoch));
      hyperparameters =
          hyperparameters.toBuilder()
              .plan(
                  ScheduleHorizon.ofSteps(steps),
                  Math.max(1, hyperparameters.evaluateEvery() / settings.workers()),
                  Math.max(1, hyperparameters.reportEvery() / settings.workers()))
              .build();
    }
    if (settings.workers() > 1) {
      long h = settings.innerSteps();
      hyperparameters =
          hyperparameters.toBuilder()
              .plan(
                  hyperparameters.horizon(),
                  (hyperparameters.evaluateEvery() + h - 1) / h * h, // No round is cut short.
                  hyperparameters.reportEvery())
              .build();
    }
    Model model =
        new Model(
            start.network(),
            start.vocabulary(),
            hyperparameters,
            Progress.start(stepsPerEpoch),
            start.provenance());
    return new NewRun(
        planned.plan(),
        new PreparedRun(
            run.kind(),
            run.workers(),
            model,
            run.state(),
            run.split(),
            hyperparameters,
            run.clock(),
            run.rowsFollow()),
        Optional.empty());
  }
}
