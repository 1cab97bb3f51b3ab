package charnn.cli.options;

import charnn.data.input.CorpusInput;
import charnn.data.web.WebAddress;
import java.nio.file.InvalidPathException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of an input of a corpus; see {@link PathConverter} for what it rejects. */
public final class InputConverter implements ITypeConverter<CorpusInput> {
  private final PathConverter paths = new PathConverter();

  @Override
  public CorpusInput convert(String name) {
    if (WebAddress.isMeant(name)) {
      return ofWeb(name);
    }
    if (!name.equals("-")) {
      paths.convert(name);
    }
    return CorpusInput.of(name);
  }

  private static CorpusInput ofWeb(String name) {
    try {
      return CorpusInput.of(name);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(e.getReason());
    }
  }
}
