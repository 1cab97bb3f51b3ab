package charnn.cli.options;

import charnn.data.input.CorpusInput;
import picocli.CommandLine.ITypeConverter;

/** Converts the name of an input of a corpus; see {@link PathConverter} for what it rejects. */
public final class InputConverter implements ITypeConverter<CorpusInput> {
  private final PathConverter paths = new PathConverter();

  @Override
  public CorpusInput convert(String name) {
    if (!name.equals("-")) {
      paths.convert(name);
    }
    return CorpusInput.of(name);
  }
}
