package charnn.cli;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.CommonOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OptionNames;
import charnn.model.Model;
import charnn.report.Json;
import charnn.report.ModelReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn info}. */
@Command(description = "Describe a model: layers, parameters, training history, vocabulary.")
final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Mixin private CommonOptions common;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ModelOptions.Found found = model.find(console);
    ModelReport report =
        ModelReport.of(found.label(), found.model(), checkpoint(found), OptionNames::of);
    console.out().print(json ? Json.of(report) + "\n" : report.toText(OptionNames::of));
    return ExitCode.DONE.code();
  }

  /** Returns the latest checkpoint of the same run in the folder, if there is one. */
  private static Optional<Model> checkpoint(ModelOptions.Found found) {
    Path folder = found.file().toAbsolutePath().getParent();
    try {
      Model latest = ModelFile.read(new RunDirectory(folder).newestCheckpoint(passedOver -> {}));
      return Optional.of(latest).filter(model -> model.isOfTheRunOf(found.model()));
    } catch (ModelFileException e) {
      return Optional.empty();
    }
  }
}
