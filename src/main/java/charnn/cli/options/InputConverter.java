package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.data.input.CorpusInput;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of an input of a corpus; see {@link PathConverter} for what it rejects. */
public final class InputConverter implements ITypeConverter<CorpusInput> {
  private static final Pattern ADDRESS = Pattern.compile("(?s)(?:https?|ftp)://.*");

  private final PathConverter paths = new PathConverter();

  @Override
  public CorpusInput convert(String name) {
    if (ADDRESS.matcher(name).matches()) {
      throw new TypeConversionException(
          format(
              "'%1$s' is an address, not a file; save it first: curl -L -o FILE %2$s",
              name, Arguments.quoted(name)));
    }
    if (!name.equals("-")) {
      paths.convert(name);
    }
    return CorpusInput.of(name);
  }
}
