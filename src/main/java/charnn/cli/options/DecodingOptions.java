package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.data.BadBytes;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.TextFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How bytes become text. */
public final class DecodingOptions {
  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      preprocessor = AttachedValue.class,
      converter = CharsetConverter.class,
      description =
          "Encoding of what is not UTF-8 and has no byte-order mark, such as windows-1252 (default: detected).")
  private Charset encoding;

  @Option(
      names = "--bad-bytes",
      paramLabel = "WHAT",
      preprocessor = AttachedValue.class,
      description =
          "What to do with bytes that the encoding does not allow: ${COMPLETION-CANDIDATES}; a NUL is left out with the latter two (default: fail).")
  private BadBytes badBytes;

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

  /** Tells how to read files. */
  Corpus.Reading reading(boolean keepBoilerplate) {
    String name = encoding == null ? null : encoding.name();
    return new Corpus.Reading(name, keepBoilerplate).withBadBytes(badBytes);
  }

  /** Tells whether anything but the default was asked for. */
  boolean isGiven() {
    return encoding != null || badBytes != null;
  }

  /** Reads standard input to its end, and says what is to be said about its encoding. */
  public String readStandardInput(Console console) throws IOException, CorpusException {
    byte[] bytes = console.in().readAllBytes();
    TextFile read = TextFile.decode("standard input", bytes, reading(false));
    read.notes().forEach(note -> console.say(OptionNames.in(note)));
    return read.text();
  }
}
