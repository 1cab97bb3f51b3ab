package charnn.cli;

import static charnn.util.Formats.format;

import charnn.checkpoint.KeptModels;
import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.UsageException;
import charnn.model.Model;
import charnn.report.LossCurve;
import charnn.report.ModelReport;
import charnn.report.history.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn info}. */
@Command(description = "Describe a model: layers, parameters, training history, vocabulary.")
final class InfoCommand extends ReportCommand<List<ModelOptions.Found>> {
  /** Of a curve. */
  private static final int ROWS = 16;

  private static final int COLUMNS = 72; // where there is no terminal
  private static final int MOST_COLUMNS = 100;

  @Mixin private ModelOptions model;

  @Option(names = "--curve", description = "Draw the loss over the steps, below the table.")
  private boolean curve;

  InfoCommand(Console console) {
    super(console);
  }

  @Override
  List<ModelOptions.Found> request() throws IOException {
    if (curve && json()) {
      throw new UsageException("--curve draws and --json does not; omit one");
    }
    return model.findPair(console);
  }

  @Override
  ExitCode execute(List<ModelOptions.Found> models) throws IOException {
    List<ModelReport> reports =
        models.stream()
            .map(
                found ->
                    ModelReport.of(found.label(), found.model(), checkpoint(found))
                        .withKept(kept(found)))
            .toList();
    String text =
        reports.stream()
            .map(report -> report.toText(OptionNames::of, terminalColumns()))
            .collect(Collectors.joining("\n"));
    ExitCode code =
        reports.size() == 1
            ? print(reports.get(0), text)
            : print(new Pair(reports.get(0), reports.get(1)), text);
    if (curve) {
      for (ModelOptions.Found found : models) {
        draw(found, models.size() == 1 ? "" : found.label() + ": ");
      }
    }
    return code;
  }

  /**
   * Draws the loss of a model's run.
   *
   * @param prefix of what is said in its place
   */
  private void draw(ModelOptions.Found found, String prefix) throws IOException {
    RunHistory history =
        RunHistory.read(
            found.label(), found.file(), found.model(), checkpoint(found), OptionNames::of);
    int columns = console.outTerminal() ? Math.min(MOST_COLUMNS, console.columns() - 1) : COLUMNS;
    List<String> lines = LossCurve.of(history.metrics(), console.outCurve(), columns, ROWS);
    console.out().flush();
    if (lines.isEmpty()) {
      console.log(
          prefix
              + (columns < LossCurve.FEWEST_COLUMNS
                  ? format(
                      "no curve: the terminal has %d columns, %d are needed",
                      columns + 1, LossCurve.FEWEST_COLUMNS + 1)
                  : "no curve: fewer than two losses were recorded"));
      return;
    }
    if (!prefix.isEmpty()) {
      console.out().print("\n" + prefix.strip() + "\n");
      console.out().flush();
    }
    console.rawOut().print("\n" + String.join("\n", lines) + "\n");
  }

  /** What is known of a pair. */
  private record Pair(ModelReport forward, ModelReport backward) {}

  /** Returns the steps of the models that the run in the folder kept. */
  private static List<Long> kept(ModelOptions.Found found) {
    Path folder = found.file().toAbsolutePath().getParent();
    try {
      return KeptModels.of(new RunDirectory(folder)).steps();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Returns the latest checkpoint of the same run in the folder, if there is one. */
  static Optional<Model> checkpoint(ModelOptions.Found found) {
    Path folder = found.file().toAbsolutePath().getParent();
    try {
      Model latest = ModelFile.read(new RunDirectory(folder).newestCheckpoint(passedOver -> {}));
      return Optional.of(latest).filter(model -> model.isOfTheRunOf(found.model()));
    } catch (ModelFileException e) {
      return Optional.empty();
    }
  }
}
