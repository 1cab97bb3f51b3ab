package charnn.cli;

import charnn.text.Corpus;
import charnn.text.CorpusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How text files are read. */
final class TextOptions {
  @Mixin private DecodingOptions decoding;

  @Option(
      names = "--keep-boilerplate",
      description = "Keep Project Gutenberg's header, licence and footer (default: removed).")
  private boolean keepBoilerplate;

  /** Tells how to read files. */
  Corpus.Reading reading() {
    return decoding.reading(keepBoilerplate);
  }

  /** Tells whether anything but the default was asked for. */
  boolean isGiven() {
    return decoding.isGiven() || keepBoilerplate;
  }

  /** Tells how to read standard input. */
  DecodingOptions decoding() {
    return decoding;
  }

  /**
   * Tells whether a file is there to be read again. A pipe is not, nor what a shell makes of {@code
   * <(...)}.
   */
  static boolean isLasting(Path file) {
    return Files.isRegularFile(file) && !isStream(file);
  }

  /** Tells whether a file is a pipe, or whatever the process that opened it had there. */
  static boolean isStream(Path file) {
    String path = file.toAbsolutePath().normalize().toString();
    boolean isThere = Files.exists(file) && !Files.isDirectory(file);
    return path.matches("/dev/fd/.*|/dev/stdin|/proc/.*")
        || (isThere && !Files.isRegularFile(file));
  }

  /** Reads files, and says what is to be said about them. */
  static Corpus read(List<Path> files, Corpus.Reading reading, Console console)
      throws CorpusException {
    Corpus corpus = Corpus.read(files, reading);
    corpus.notes().forEach(console::say);
    return corpus;
  }
}
