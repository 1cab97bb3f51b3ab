package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.CorpusSink;
import charnn.data.DecodingSettings;
import charnn.data.cache.CorpusCache;
import charnn.data.input.CorpusInputs;
import charnn.util.PathState;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How text files are read. */
public final class TextOptions {
  /** What is no name of a file: it has spaces, or neither a folder nor a suffix. */
  private static final Pattern WORDS = Pattern.compile("(?s).*\\s.*|[^./]*");

  @Mixin private DecodingOptions decoding;

  @Option(
      names = "--keep-boilerplate",
      description = "Keep Project Gutenberg's header, licence and footer (default: removed).")
  private boolean keepBoilerplate;

  /** Returns how to read files. */
  public DecodingSettings settings() {
    return decoding.settings(keepBoilerplate);
  }

  /** Returns whether an option was given. */
  public boolean isGiven() {
    return decoding.isGiven() || keepBoilerplate;
  }

  /** Returns how to decode standard input. */
  public DecodingOptions decoding() {
    return decoding;
  }

  /**
   * Checks that no words are given in place of files.
   *
   * @param command that reads them from standard input
   */
  public static void requireNoWords(List<Path> files, String command) throws CorpusException {
    for (Path file : files) {
      String name = file.toString();
      if (!PathState.isTaken(file) && WORDS.matcher(name).matches()) {
        throw new CorpusException(
            format(
                "cannot find a file %1$s; give words on standard input: echo %1$s | charnn %2$s",
                Arguments.quoted(name), command));
      }
    }
  }

  /** Reads a corpus into memory, and prints notes on it. */
  public static Corpus read(CorpusInputs inputs, DecodingSettings settings, Console console)
      throws CorpusException {
    return noted(read(inputs, settings, CorpusCache.none(), console), console);
  }

  /**
   * Reads a corpus that need not fit in memory, and prints notes on it. It is open until the
   * command ends.
   */
  public static Corpus open(CorpusInputs inputs, DecodingSettings settings, Console console)
      throws CorpusException {
    return noted(read(inputs, settings, CacheLocation.of(console), console), console);
  }

  private static Corpus noted(Corpus corpus, Console console) {
    corpus.notes().forEach(note -> console.log(OptionNames.in(note)));
    return corpus;
  }

  /** Reads a corpus into a sink, however large it is; a report has the notes. */
  public static Corpus read(
      CorpusInputs inputs, DecodingSettings settings, CorpusSink sink, Console console)
      throws CorpusException {
    return read(inputs, console, display -> inputs.read(settings, sink, display));
  }

  private static Corpus read(
      CorpusInputs inputs, DecodingSettings settings, CorpusCache cache, Console console)
      throws CorpusException {
    return read(inputs, console, display -> inputs.read(settings, cache, display));
  }

  private interface Reading {
    Corpus read(ReadingDisplay display) throws CorpusException;
  }

  private static Corpus read(CorpusInputs inputs, Console console, Reading reading)
      throws CorpusException {
    WebTexts.fetch(inputs, console);
    Corpus corpus;
    try (ReadingDisplay display = new ReadingDisplay(console)) {
      corpus = reading.read(display);
    } catch (OutOfMemoryError e) { // no cause of what is thrown, which would be told as any other
      throw new CorpusException(
          format(
              "the text takes more memory than Java may use (%,d MB, and reading takes several times the text's size);"
                  + " allow more with CHARNN_JAVA_OPTS=-Xmx8g, or take a part of the text",
              Runtime.getRuntime().maxMemory() >> 20));
    }
    console.keepOpen(corpus);
    return corpus;
  }
}
