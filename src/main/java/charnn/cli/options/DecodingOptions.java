package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.BadBytes;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.FileEncoding;
import charnn.data.TextFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How bytes are decoded. */
public final class DecodingOptions {
  @Option(
      names = "--encoding",
      paramLabel = "[FILE=]NAME",
      preprocessor = AttachedValue.class,
      converter = EncodingConverter.class,
      description =
          "Encoding of text that is not UTF-8 and has no byte-order mark, such as windows-1252 (default: detected); FILE=NAME: of certain files, whatever they look like, as 'old/*.txt=KOI8-R'; repeatable.")
  private List<NamedEncoding> encodings = List.of();

  @Option(
      names = "--bad-bytes",
      paramLabel = "WHAT",
      preprocessor = AttachedValue.class,
      description =
          "Action on bytes that are invalid in the encoding: ${COMPLETION-CANDIDATES}; the latter two also drop NUL (default: fail).")
  private BadBytes badBytes;

  /** An encoding, of certain files or, if those are null, of all others. */
  private record NamedEncoding(String files, String encoding) {}

  private static final class EncodingConverter implements ITypeConverter<NamedEncoding> {
    @Override
    public NamedEncoding convert(String value) {
      int at = value.lastIndexOf('=');
      String name = value.substring(at + 1);
      try {
        if (at < 0) {
          return new NamedEncoding(null, Charset.forName(name).name());
        }
        FileEncoding checked =
            new FileEncoding(value.substring(0, at), Charset.forName(name).name());
        return new NamedEncoding(checked.files(), checked.encoding());
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new TypeConversionException(
            "'" + name + "' is no known encoding; try UTF-8 or windows-1252");
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Returns how to read files. */
  public DecodingSettings settings(boolean keepBoilerplate) {
    List<String> all = new ArrayList<>();
    List<FileEncoding> certain = new ArrayList<>();
    for (NamedEncoding named : encodings) {
      if (named.files == null) {
        all.add(named.encoding);
      } else {
        certain.add(new FileEncoding(named.files, named.encoding));
      }
    }
    if (all.size() > 1) {
      throw new UsageException(
          format(
              "--encoding names two encodings for all files, %s and %s; name the files of one: --encoding FILE=%s",
              all.get(0), all.get(1), all.get(1)));
    }
    return new DecodingSettings(all.isEmpty() ? null : all.get(0), keepBoilerplate)
        .withEncodings(certain)
        .withBadBytes(badBytes);
  }

  /** Returns whether an option was given. */
  public boolean isGiven() {
    return !encodings.isEmpty() || badBytes != null;
  }

  /** Reads standard input to its end, and prints notes on its encoding. */
  public String readStandardInput(Console console) throws IOException, CorpusException {
    byte[] bytes = console.in().readAllBytes();
    return logged(TextFile.decode(TextFile.STANDARD_INPUT, bytes, settings(false)), console);
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
