package charnn.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Tells what a command-line argument looks like. */
public final class Arguments {
  private Arguments() {}

  /** Returns whether an argument has the form of a long option. */
  public static boolean looksLikeAnOption(String argument) {
    return argument.matches("--[a-z][a-z-]*(=.*)?");
  }

  /** Returns whether a file or folder of this name exists. */
  public static boolean isFile(String name) {
    try {
      return !name.isEmpty() && Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns an argument quoted for a shell, where it needs quotes. */
  public static String quoted(String argument) {
    return argument.matches("[\\p{L}\\p{N}@%+=:,./_-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
