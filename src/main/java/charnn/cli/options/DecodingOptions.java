package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.data.BadBytes;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.TextFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How bytes are decoded. */
public final class DecodingOptions {
  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      preprocessor = AttachedValue.class,
      converter = CharsetConverter.class,
      description =
          "Encoding of text that is not UTF-8 and has no byte-order mark, such as windows-1252 (default: detected).")
  private Charset encoding;

  @Option(
      names = "--bad-bytes",
      paramLabel = "WHAT",
      preprocessor = AttachedValue.class,
      description =
          "Action on bytes that are invalid in the encoding: ${COMPLETION-CANDIDATES}; the latter two also drop NUL (default: fail).")
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

  /** Returns how to read files. */
  public DecodingSettings settings(boolean keepBoilerplate) {
    String name = encoding == null ? null : encoding.name();
    return new DecodingSettings(name, keepBoilerplate).withBadBytes(badBytes);
  }

  /** Returns whether an option was given. */
  public boolean isGiven() {
    return encoding != null || badBytes != null;
  }

  /** Reads standard input to its end, and prints notes on its encoding. */
  public String readStandardInput(Console console) throws IOException, CorpusException {
    byte[] bytes = console.in().readAllBytes();
    return logged(TextFile.decode("standard input", bytes, settings(false)), console);
  }

  /** Reads a file, and prints notes on its encoding. */
  public String readFile(Path file, Console console) throws CorpusException {
    return logged(TextFile.read(file, settings(false)), console);
  }

  private static String logged(TextFile read, Console console) {
    read.notes().forEach(note -> console.log(OptionNames.in(note)));
    return read.text();
  }
}
