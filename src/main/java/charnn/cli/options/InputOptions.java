package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.data.input.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/** What is read of the inputs of a corpus. */
public final class InputOptions {
  @Option(
      names = "--include",
      paramLabel = "GLOB",
      preprocessor = AttachedValue.class,
      description =
          "Of folders and archives of --corpus, read only files of such a name, as '*.txt', or such a path within, as 'tales/**'; repeatable.")
  private List<String> globs = new ArrayList<>();

  /**
   * Returns the inputs of a corpus.
   *
   * @param named by --corpus and the like; may be empty
   */
  public CorpusInputs of(List<CorpusInput> named, Console console) {
    if (named.isEmpty() && !globs.isEmpty()) {
      throw new UsageException(
          "--include chooses from a folder or an archive; name it with --corpus");
    }
    try {
      return new CorpusInputs(named, Include.of(globs), console.in());
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "--include must be a glob such as '*.txt', got "
              + Arguments.quoted(e.getPattern())
              + ": "
              + e.getDescription());
    }
  }
}
