package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.engine.registry.EngineType;
import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether the model learns from the prompt first. */
public final class AdaptOptions {
  @Option(
      names = "--adapt",
      description =
          "Learn from the text before continuing it (dynamic evaluation), with a copy of the model.")
  private boolean adapt;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "With --adapt: save the adapted model as a new model file.")
  private Path save;

  public boolean isGiven() {
    return adapt;
  }

  /**
   * Returns the name of the model that continues the text.
   *
   * @param model the name of the one that has not learned
   */
  public String nameOf(String model) {
    return save == null ? model : save.toString();
  }

  /** Returns the file of the adapted model; null: it is not saved. */
  public Path file() {
    return save;
  }

  /**
   * Checks the options, before anything is learned.
   *
   * @param models how many are given
   * @throws IOException if the model cannot be saved there
   */
  public void require(EngineType engine, int models, StateOptions state) throws IOException {
    if (save != null && !adapt) {
      throw new UsageException("--save belongs to --adapt, which is missing");
    }
    if (adapt && !engine.carriesState()) {
      throw new UsageException(
          "--adapt trains statefully, for which DL4J's gradients are wrong; omit --engine dl4j");
    }
    if (adapt && models > 1) {
      throw new UsageException(
          format("--adapt is for one model, and --model names %d; omit one of them", models));
    }
    if (adapt && state.toLoad() != null) {
      throw new UsageException(
          "--adapt is for a new text, and --load-state continues one; omit one of them");
    }
    if (adapt && state.toSave() != null && save == null) {
      throw new UsageException(
          "--save-state with --adapt needs --save, too: only the adapted model can load the state");
    }
    if (save != null && state.toSave() != null && isSame(save, state.toSave())) {
      throw new UsageException("--save and --save-state need two files, got one: " + save);
    }
    if (save != null) {
      requireFree();
    }
  }

  private static boolean isSame(Path file, Path other) {
    return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Checks that the model's file can be made, and is not there yet. */
  public void requireFree() throws IOException {
    if (PathState.isTaken(save)) {
      throw new ModelFileException(
          format("--save makes a new file, and %s exists already; choose another name", save));
    }
    Path folder = save.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new ModelFileException(
          format("%s, and --save %s needs that folder", PathState.describe(folder), save));
    }
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }
}
