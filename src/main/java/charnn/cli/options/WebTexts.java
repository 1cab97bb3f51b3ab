package charnn.cli.options;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.data.CorpusException;
import charnn.data.input.CorpusInputs;
import charnn.data.web.Downloads;
import charnn.data.web.FetchListener;
import charnn.data.web.Fetcher;
import charnn.data.web.Gutenberg;
import charnn.model.Provenance;
import charnn.report.ProgressDisplay;
import java.util.List;

/** Fetches texts from the web before the user's eyes; what takes a while shows its progress. */
public final class WebTexts implements FetchListener, AutoCloseable {
  private static final long A_WHILE_NANOS = 2_000_000_000L;

  private final Console console;
  private final long begunNanos = System.nanoTime();
  private ProgressDisplay display; // null: nothing is shown

  public WebTexts(Console console) {
    this.console = console;
  }

  /** Fetches the inputs that are in the web, if there are any. */
  public static void fetch(CorpusInputs inputs, Console console) throws CorpusException {
    if (inputs.hasWeb()) {
      try (WebTexts shown = new WebTexts(console)) {
        inputs.fetch(shown.fetcher(List.of()));
      }
    }
  }

  /**
   * Returns what fetches.
   *
   * @param mirrors of Project Gutenberg; if empty, those of the environment
   */
  public Fetcher fetcher(List<String> mirrors) throws CorpusException {
    String named = System.getenv(Gutenberg.VARIABLE);
    List<String> ofEnvironment =
        named == null || named.isBlank() ? List.of() : List.of(named.strip().split("\\s+"));
    return new Fetcher(
        Downloads.usual(),
        Gutenberg.mirrors(mirrors.isEmpty() ? ofEnvironment : mirrors),
        "charnn/" + Provenance.version() + " (character-level text generator)",
        System::getenv,
        this);
  }

  @Override
  public void noted(String line) {
    close();
    console.log(line);
  }

  @Override
  public void received(String name, long bytes, long total) {
    if (display == null && System.nanoTime() - begunNanos >= A_WHILE_NANOS) {
      display = console.progressDisplay();
    }
    if (display != null) {
      display.updateStatus(
          () ->
              total < 0
                  ? format("%s: %,d bytes", name, bytes)
                  : format("%s: %,d of %,d bytes", name, bytes, total));
    }
  }

  @Override
  public void close() {
    if (display != null) {
      display.close();
      display = null;
    }
  }
}
