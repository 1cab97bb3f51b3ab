package charnn.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where runs are kept. */
final class ModelsDirOption {
  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "Folder of all runs (default: models/ in charnn's own folder).")
  private Path modelsDir;

  boolean isGiven() {
    return modelsDir != null;
  }

  /** Returns what must be added to a command that is to find the same folder, for a shell. */
  String asArgument() {
    return modelsDir == null
        ? ""
        : " --models-dir '" + modelsDir.toString().replace("'", "'\\''") + "'";
  }

  Path path(Console console) {
    return modelsDir == null ? console.home().resolve("models") : modelsDir;
  }
}
