package charnn.cli;

import charnn.text.Corpus;
import charnn.text.CorpusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How text files are read. */
final class TextOptions {
  @Mixin private DecodingOptions decoding;

  @Option(
      names = "--keep-boilerplate",
      description = "Keep Project Gutenberg's header, licence and footer (default: removed).")
  private boolean keepBoilerplate;

  /** Tells a misspelt option from a file: picocli takes it for one. */
  static final class FileConverter implements ITypeConverter<Path> {
    @Override
    public Path convert(String name) {
      Path file = Path.of(name);
      if (name.startsWith("-") && !Files.exists(file)) {
        throw new TypeConversionException("'" + name + "' is neither an option nor a file");
      }
      return file;
    }
  }

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

  /** Reads files, and says what is to be said about them. */
  static Corpus read(List<Path> files, Corpus.Reading reading, Console console)
      throws CorpusException {
    Corpus corpus = Corpus.read(files, reading);
    corpus.notes().forEach(console::say);
    return corpus;
  }
}
