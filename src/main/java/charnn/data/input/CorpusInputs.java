package charnn.data.input;

import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.CorpusSink;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.data.cache.CacheKey;
import charnn.data.cache.CachingSink;
import charnn.data.cache.CorpusCache;
import charnn.data.web.Fetcher;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    return checked(new InputReader(include, standardInput, settings, Limits.USUAL).read(all));
  }

  /**
   * Checks that there are no more characters than a vocabulary has, unless rare ones become one.
   */
  private static Corpus checked(Corpus corpus) throws CorpusException {
    if (corpus.settings().minCount() <= 1) {
      int different = corpus.content().counts().different();
      if (different > Vocabulary.MAX_SIZE) {
        corpus.close();
        throw Corpus.tooManyCharacters(corpus.sources().get(0).name(), different);
      }
    }
    return corpus;
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

  /**
   * Reads them, or finds them encoded in a cache. A corpus that is large is left there.
   *
   * @param reading is told how it goes on
   * @throws CorpusException as {@link #read(DecodingSettings)}, and if the cache has no room
   */
  public Corpus read(DecodingSettings settings, CorpusCache cache, CorpusReading reading)
      throws CorpusException {
    return cache.isUsed() ? read(settings, Limits.ON_DISK, cache, reading) : read(settings);
  }

  /**
   * Reads them into a sink, of which they need not be in memory.
   *
   * @param reading is told how it goes on
   * @throws CorpusException as {@link #read(DecodingSettings)}
   */
  public Corpus read(DecodingSettings settings, CorpusSink sink, CorpusReading reading)
      throws CorpusException {
    long bytes = InputState.of(this, settings).map(InputState::bytes).orElse(0L);
    InputProgress progress = new InputProgress(bytes, reading);
    return new InputReader(include, standardInput, settings, Limits.ON_DISK, sink, progress)
        .read(all);
  }

  /** As above, within these limits. */
  Corpus read(DecodingSettings settings, Limits limits, CorpusCache cache, CorpusReading reading)
      throws CorpusException {
    Optional<InputState> state = InputState.of(this, settings);
    Optional<Corpus> found = state.flatMap(known -> cache.find(known.key()));
    if (found.isPresent()) {
      return checked(found.get());
    }
    InputProgress progress = new InputProgress(state.map(InputState::bytes).orElse(0L), reading);
    CacheKey key = state.map(InputState::key).orElseGet(() -> InputState.passing(this, settings));
    try (CachingSink sink =
        new CachingSink(
            cache,
            key,
            () -> state.isPresent() && state.equals(InputState.of(this, settings)),
            progress::fraction,
            reading::waits)) {
      return checked(
          new InputReader(include, standardInput, settings, limits, sink, progress).read(all));
    } catch (CachingSink.MadeMeanwhile e) {
      return read(settings, limits, cache, reading);
    }
  }

  /** Returns the first few names, and how many more there are. */
  String describe() {
    return Corpus.some(all.stream().map(CorpusInput::name).toList());
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
