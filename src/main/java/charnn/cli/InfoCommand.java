package charnn.cli;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OptionNames;
import charnn.model.Model;
import charnn.report.ModelReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code charnn info}. */
@Command(description = "Describe a model: layers, parameters, training history, vocabulary.")
final class InfoCommand extends ReportCommand<List<ModelOptions.Found>> {
  @Mixin private ModelOptions model;

  InfoCommand(Console console) {
    super(console);
  }

  @Override
  List<ModelOptions.Found> request() throws IOException {
    return model.findPair(console);
  }

  @Override
  ExitCode execute(List<ModelOptions.Found> models) {
    List<ModelReport> reports =
        models.stream()
            .map(found -> ModelReport.of(found.label(), found.model(), checkpoint(found)))
            .toList();
    String text =
        reports.stream()
            .map(report -> report.toText(OptionNames::of, terminalColumns()))
            .collect(Collectors.joining("\n"));
    return reports.size() == 1
        ? print(reports.get(0), text)
        : print(new Pair(reports.get(0), reports.get(1)), text);
  }

  /** What is known of a pair. */
  private record Pair(ModelReport forward, ModelReport backward) {}

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
