package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.generate.StateFile;
import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The saved memory of a text. */
public final class StateOptions {
  @Option(
      names = "--save-state",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "Save the whole memory of the text at its end, also at Ctrl-C, for --load-state.")
  private Path save;

  @Option(
      names = "--load-state",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "Continue a saved text as if it had never stopped; a prompt is read after it. Options are given again, and --seed for other random numbers.")
  private Path load;

  public boolean isGiven() {
    return save != null || load != null;
  }

  /** Returns the file to save to; null if there is none. */
  public Path toSave() {
    return save;
  }

  /** Returns the file to continue from; null if there is none. */
  public Path toLoad() {
    return load;
  }

  /**
   * Checks the options, before anything is generated.
   *
   * @param texts that are generated
   * @param json whether they are printed at their end
   * @param begins whether the text has a first character: by a prompt, a saved state or its length
   * @throws IOException if the state cannot be saved there
   */
  public void require(int texts, boolean json, boolean begins) throws IOException {
    String option = save != null ? "--save-state" : "--load-state";
    if (isGiven() && texts > 1) {
      throw new UsageException(
          format(
              "%s is for one text, and --count, --best-of or several temperatures ask for %,d",
              option, texts));
    }
    if (save == null) {
      return;
    }
    if (json) {
      throw new UsageException(
          "--save-state is for a text that is printed as it comes, and --json waits for its end; omit one of them");
    }
    if (!begins) {
      throw new UsageException("--save-state has nothing to save of a new text of --length 0");
    }
    StateFile.requireReplaceable(save);
    Path folder = save.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new FileSystemException(
          save.toString(),
          null,
          "--save-state needs its folder, but " + PathState.describe(folder));
    }
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }
}
