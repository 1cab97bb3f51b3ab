package charnn.cli;

import charnn.text.Corpus;
import charnn.text.CorpusException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How text files are read. */
final class TextOptions {
  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      preprocessor = AttachedValue.class,
      converter = CharsetConverter.class,
      description =
          "Encoding of the text files, such as windows-1252 (default: UTF-8, else detected).")
  private Charset encoding;

  @Option(
      names = "--keep-boilerplate",
      description = "Keep Project Gutenberg's header, licence and footer (default: removed).")
  private boolean keepBoilerplate;

  private static final class CharsetConverter implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String name) {
      try {
        return Charset.forName(name);
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new TypeConversionException(
            "'" + name + "' is no known encoding; try UTF-8 or windows-1252");
      }
    }
  }

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
    return new Corpus.Reading(encoding == null ? null : encoding.name(), keepBoilerplate);
  }

  /** Tells whether anything but the default was asked for. */
  boolean isGiven() {
    return encoding != null || keepBoilerplate;
  }

  /** Reads files, and says what is to be said about them. */
  static Corpus read(List<Path> files, Corpus.Reading reading, Console console)
      throws CorpusException {
    Corpus corpus = Corpus.read(files, reading);
    corpus.notes().forEach(console::say);
    return corpus;
  }
}
