package charnn.cli.options;

import charnn.checkpoint.ModelFile;
import charnn.checkpoint.ModelFileException;
import charnn.checkpoint.RunDirectory;
import charnn.cli.console.Console;
import charnn.model.Model;
import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model to use. */
public final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      preprocessor = AttachedValue.class,
      description =
          "Name of a run, a model file or 'bundled' (default: the run saved last, else the bundled model).")
  private String name;

  @Mixin private ModelsDirOption modelsDir;

  /**
   * @throws UsageException if the name is given and empty
   */
  static void requireNamed(String option, String name) {
    if (name != null && name.isEmpty()) {
      throw new UsageException(option + " needs a run's name or a model file, got ''");
    }
  }

  /**
   * A model and where it was found.
   *
   * @param label its name in messages
   */
  public record Found(Path file, String label, Model model) {}

  public Found find(Console console) throws IOException {
    requireNamed("--model", name);
    Path folder = modelsDir.path(console);
    if (modelsDir.isGiven() && !Files.isDirectory(folder)) {
      throw new ModelFileException(
          (PathState.isTaken(folder) ? PathState.describe(folder) : "there is no folder " + folder)
              + "; --models-dir names the folder of all runs");
    }
    Path file = RunDirectory.findModel(folder, name, console.bundledModel());
    return new Found(file, label(file), ModelFile.read(file));
  }

  /** Returns FOLDER/NAME, or the name alone where the folder has none. */
  private static String label(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null || parent.getFileName() == null
        ? file.toString()
        : parent.getFileName() + "/" + file.getFileName();
  }
}
