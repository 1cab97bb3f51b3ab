package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.util.PathState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Checks, before the work, what would make a file that is asked for impossible or unwanted. */
public final class OutputFile {
  private OutputFile() {}

  /** Tells whether a file is one that charnn wrote. */
  @FunctionalInterface
  public interface Own {
    boolean test(Path file) throws IOException;
  }

  /**
   * Checks that a file of a kind can be written.
   *
   * @param kind what the file is, in a word
   * @param endings of its name
   * @throws UsageException if not
   */
  public static void requirePlace(String option, Path file, String kind, String... endings) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (Stream.of(endings).noneMatch(e -> lower.endsWith(e) && lower.length() > e.length())) {
      throw new UsageException(
          format(
              "%s needs the name of the %s to write, ending in %s, got '%s'",
              option, kind, endings[0], file));
    }
    if (Files.isDirectory(file)) {
      throw new UsageException(
          format("%s needs the name of the %s to write, but %s is a folder", option, kind, file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          format("%s %s: there is no folder %s; make it first", option, file, folder));
    }
  }

  /**
   * Checks that nothing is replaced but a file that charnn wrote.
   *
   * @throws UsageException if another is there
   */
  public static void requireOwn(String option, Path file, String kind, Own own) throws IOException {
    if (PathState.isTaken(file) && !own.test(file)) {
      throw new UsageException(
          format(
              "%s %s is there already, and no %s of charnn; choose another name",
              option, file, kind));
    }
  }
}
