package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.ThreadsOption;
import charnn.engine.registry.EngineType;
import charnn.model.Hyperparameters;
import charnn.model.Provenance;
import charnn.model.ScheduleHorizon;
import charnn.nn.CellType;
import charnn.nn.NetworkSpec;
import charnn.plan.Benchmark;
import charnn.report.BenchReport;
import charnn.util.ThreadTeam;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn bench}. */
@Command(
    description = "Measure training and sampling throughput on this machine; takes half a minute.")
final class BenchCommand extends ReportCommand<Benchmark> {
  @Option(
      names = "--cell",
      paramLabel = "CELL",
      defaultValue = "lstm",
      description = "Recurrent cell: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private CellType cell;

  @Option(
      names = "--layers",
      paramLabel = "N",
      defaultValue = "2",
      description = "Number of recurrent layers (default: ${DEFAULT-VALUE}).")
  private int layers;

  @Option(
      names = "--hidden",
      paramLabel = "H",
      defaultValue = "128",
      description = "Hidden units of each layer (default: ${DEFAULT-VALUE}).")
  private int hidden;

  @Option(
      names = {"--vocabulary", "--alphabet"},
      paramLabel = "V",
      defaultValue = "87",
      description = "Vocabulary size in characters (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      defaultValue = "64",
      description = "Batch size: contiguous streams per step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--seq-length",
      paramLabel = "T",
      defaultValue = "30",
      description =
          "Sequence length: characters per stream and step (truncated BPTT) (default: ${DEFAULT-VALUE}).")
  private int seqLength;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0",
      description = "Dropout probability of each layer's outputs (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Mixin private EngineOptions engine;
  @Mixin private ThreadsOption threads;

  BenchCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode execute(Benchmark benchmark) throws IOException {
    try (ThreadTeam workers = threads.workers(benchmark.kind())) {
      console.log("measuring training...");
      Benchmark.Training training = benchmark.training(workers);
      console.log("measuring sampling...");
      Benchmark.Rate oneStream = benchmark.oneStream(workers);
      Benchmark.Rate manyStreams = benchmark.manyStreams(workers);
      BenchReport report =
          new BenchReport(
              benchmark.kind().toString(),
              cell,
              layers,
              hidden,
              vocabulary,
              batchSize,
              seqLength,
              workers.count(),
              Provenance.javaVersion(),
              Provenance.processor(),
              training.rate(),
              oneStream,
              manyStreams,
              benchmark.flopPerCharacter() / 1e6,
              training.rate().median() * benchmark.flopPerCharacter() / 1e9,
              training.peak() / 1e9,
              training.utilization());
      return print(report, report.toText(terminalColumns()));
    }
  }

  @Override
  Benchmark request() {
    EngineType kind = engine.kind(console);
    kind.requireCell(cell);
    Hyperparameters.Order windows =
        kind.carriesState() ? Hyperparameters.Order.STREAM : Hyperparameters.Order.RANDOM;
    Hyperparameters hyperparameters =
        Hyperparameters.builder()
            .set(Hyperparameters.BATCH_SIZE, batchSize)
            .set(Hyperparameters.SEQ_LENGTH, seqLength)
            .set(Hyperparameters.DROPOUT, dropout)
            .set(Hyperparameters.LEARNING_RATE, 0.001)
            .set(Hyperparameters.VALIDATION, 0.0)
            .set(Hyperparameters.WINDOWS, windows)
            .engine(kind.toString())
            .plan(ScheduleHorizon.ofSteps(1000), 1000, 1000)
            .build();
    return new Benchmark(kind, new NetworkSpec(cell, vocabulary, hidden, layers), hyperparameters);
  }
}
