package charnn.cli.options;

import charnn.cli.console.Console;
import charnn.data.CorpusException;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.data.input.CorpusList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is read of the inputs of a corpus, some of which lists may name. */
public final class ListedInputOptions {
  @Option(
      names = "--corpus-list",
      paramLabel = "FILE",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description =
          "A file with more names for --corpus, one a line, relative to its folder; # begins a comment; repeatable.")
  private List<Path> lists = new ArrayList<>();

  @Mixin private InputOptions inputs;

  public boolean isGiven() {
    return !lists.isEmpty();
  }

  /**
   * Returns the inputs of a corpus.
   *
   * @param named by --corpus; those in the lists follow
   */
  public CorpusInputs of(List<CorpusInput> named, Console console) throws CorpusException {
    List<CorpusInput> all = new ArrayList<>(named);
    for (Path list : lists) {
      all.addAll(CorpusList.read(list));
    }
    return inputs.of(all, console);
  }

  /**
   * As {@link #of}, of at least one.
   *
   * @param command that needs it
   */
  public CorpusInputs required(List<CorpusInput> named, Console console, String command)
      throws CorpusException {
    if (named.isEmpty() && lists.isEmpty()) {
      throw new UsageException(command + " needs --corpus FILE");
    }
    return of(named, console);
  }
}
