package charnn.cli.options;

import charnn.cli.console.Console;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of all runs. */
public final class ModelsDirOption {
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

  /** Returns the option for a shell command that uses the same folder; empty for the default. */
  public String asArgument() {
    return modelsDir == null
        ? ""
        : " --models-dir '" + modelsDir.toString().replace("'", "'\\''") + "'";
  }

  public Path path(Console console) {
    return modelsDir == null ? console.home().resolve("models") : modelsDir;
  }
}
