package charnn.cli;

import charnn.model.Model;
import charnn.model.ModelFile;
import charnn.model.ModelFileException;
import charnn.model.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model to use. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      preprocessor = AttachedValue.class,
      description =
          "A run's name, a model file or 'bundled' (default: the run saved last, else the bundled model).")
  private String name;

  @Mixin private ModelsDirOption modelsDir;

  /**
   * A model and where it was found.
   *
   * @param label to call it by
   */
  record Found(Path file, String label, Model model) {}

  Found find(Console console) throws IOException {
    if (modelsDir.isGiven() && !Files.isDirectory(modelsDir.path(console))) {
      throw new ModelFileException(
          "there is no folder "
              + modelsDir.path(console)
              + "; --models-dir names the folder of all runs");
    }
    Path file = RunDirectory.findModel(modelsDir.path(console), name, console.bundledModel());
    String label =
        file.getParent() == null
            ? file.toString()
            : file.getParent().getFileName() + "/" + file.getFileName();
    return new Found(file, label, ModelFile.read(file));
  }
}
