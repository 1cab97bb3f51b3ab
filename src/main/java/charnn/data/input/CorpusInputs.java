package charnn.data.input;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.web.Fetcher;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What a corpus is read from.
 *
 * @param all the inputs, in order
 * @param include which files of folders and archives are read
 * @param standardInput is read to its end where an input names it
 */
public record CorpusInputs(List<CorpusInput> all, Include include, InputStream standardInput) {
  /** Inputs of which all is read. */
  public static CorpusInputs of(List<String> names, InputStream standardInput) {
    return new CorpusInputs(
        names.stream().map(CorpusInput::of).toList(), Include.ALL, standardInput);
  }

  /** As {@link #of}, without standard input. */
  public static CorpusInputs ofFiles(List<Path> files) {
    return of(files.stream().map(Path::toString).toList(), InputStream.nullInputStream());
  }

  /**
   * Reads them.
   *
   * @throws CorpusException if one cannot be used, or all of them together have fewer than two
   *     different characters
   */
  public Corpus read(DecodingSettings settings) throws CorpusException {
    return new InputReader(include, standardInput, settings, Limits.USUAL).read(all);
  }

  /** Returns whether one is in the web: it must be fetched before it is read. */
  public boolean hasWeb() {
    return all.stream().anyMatch(CorpusInput::isWeb);
  }

  /** Fetches what is in the web and was not fetched before. */
  public void fetch(Fetcher fetcher) throws CorpusException {
    for (CorpusInput input : all) {
      if (input.isWeb()) {
        fetcher.fetch(input.address(), false);
      }
    }
  }

  public CorpusInput first() {
    return all.get(0);
  }

  /** Returns whether one cannot be read again later. */
  public boolean hasStream() {
    return all.stream().anyMatch(CorpusInput::isStream);
  }

  /** Returns whether standard input is one of them. */
  public boolean readsStandardInput() {
    return all.stream().anyMatch(CorpusInput::isStandardInput);
  }
}
