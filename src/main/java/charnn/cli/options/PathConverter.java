package charnn.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts the name of a file or folder. It rejects a misspelt option, which picocli takes for a
 * name, and a name that Java could not decode, which would mean another file.
 */
public final class PathConverter implements ITypeConverter<Path> {
  private static final String ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");

  /** Replaces invalid bytes in an argument. */
  private static final String UNDECODED = "\uFFFD";

  @Override
  public Path convert(String name) {
    if (name.isEmpty()) {
      throw new TypeConversionException("the name of a file or folder is missing, got ''");
    }
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + name + "' is no name of a file: " + e.getReason());
    }
    if (Files.exists(file)) {
      return file;
    }
    if (name.startsWith("-")) {
      throw new TypeConversionException("'" + name + "' is neither an option nor a file");
    }
    if (!ENCODING.equalsIgnoreCase("UTF-8") && name.contains("?")) {
      throw new TypeConversionException(undecoded(name));
    }
    return file;
  }

  /**
   * Checks that Java could decode the arguments. An argument that names an existing file may
   * contain U+FFFD.
   *
   * @throws UsageException if it could not
   */
  public static void requireDecoded(List<String> args) {
    for (String argument : args) {
      String value =
          Arguments.looksLikeAnOption(argument)
              ? argument.substring(argument.indexOf('=') + 1)
              : argument;
      if (value.contains(UNDECODED) && !Arguments.isFile(value)) {
        throw new UsageException(undecoded(value));
      }
    }
  }

  private static String undecoded(String value) {
    return "'"
        + value
        + "' is not in "
        + ENCODING
        + ": Java cannot decode this argument, and would take another name or text for it; rename the file,"
        + " or give the text in "
        + ENCODING;
  }
}
