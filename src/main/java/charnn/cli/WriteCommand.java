package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.console.WindowChanges;
import charnn.cli.options.DecodingOptions;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OptionNames;
import charnn.cli.options.PathConverter;
import charnn.cli.options.UsageException;
import charnn.data.Direction;
import charnn.desk.Desk;
import charnn.desk.DeskTerminal;
import charnn.desk.TextStore;
import charnn.engine.registry.EngineType;
import charnn.predict.SingleModel;
import charnn.util.RandomStreams;
import charnn.util.Setting;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn write}. */
@Command(
    description = {
      "Write a text in the terminal; the model proposes the next words in grey.",
      "Tab takes a word, Shift-Tab all, Alt-Down shows another proposal, Ctrl-Z undoes, Ctrl-Q leaves, F1 lists the keys.",
      "The text is saved while you write."
    })
final class WriteCommand extends BaseCommand<WriteCommand.Request> {
  private static final String DEFAULT_TEMPERATURE = "0.5";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      converter = PathConverter.class,
      description =
          "The text; a new file is made with the first character (default: untitled.txt, or the next such name that is free).")
  private Path file;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = DEFAULT_TEMPERATURE,
      description =
          "Sampling temperature of proposals; Alt-Left and Alt-Right change it, from 0 to 2 (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "6",
      description = "Words of a proposal (default: ${DEFAULT-VALUE}).")
  private int words;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Random seed; the same seed and text give the same proposals (default: a new one each time).")
  private Long seed;

  @Mixin private ModelOptions model;
  @Mixin private DecodingOptions decoding;
  @Mixin private EngineOptions engine;

  private final Terminals terminals;

  /** Where a terminal comes from. */
  @FunctionalInterface
  interface Terminals {
    DeskTerminal open() throws IOException;
  }

  /**
   * A desk to be opened.
   *
   * @param store of the text
   */
  record Request(TextStore store, Desk.Settings settings, EngineType engine) {}

  WriteCommand(Console console) {
    this(console, () -> DeskTerminal.open());
  }

  /**
   * @param terminals opened when everything else is known to be right
   */
  WriteCommand(Console console, Terminals terminals) {
    super(console);
    this.terminals = terminals;
  }

  @Override
  Request request() throws IOException {
    if (!console.inTerminal() || !console.outColours()) {
      throw new UsageException(
          "write needs a terminal, to read keys from and to draw on; without one: charnn continue --prompt-file FILE");
    }
    Setting.TEMPERATURE.require(temperature);
    Setting.WORDS.require(words);
    if (file == null && decoding.isGiven()) {
      throw new UsageException("--encoding and --bad-bytes are for a file; name one, or omit them");
    }
    TextStore store =
        file == null
            ? TextStore.unnamed(Path.of(""))
            : TextStore.open(file, decoding.settings(false));
    store.notes().forEach(note -> console.log(OptionNames.in(note)));
    long chosen =
        seed != null
            ? seed
            : RandomStreams.mix(System.nanoTime(), ProcessHandle.current().pid()) >>> 31;
    return new Request(store, new Desk.Settings(temperature, words, chosen), engine.kind(console));
  }

  @Override
  ExitCode execute(Request request) throws IOException {
    ModelOptions.Found found = model.find(console);
    if (found.direction() == Direction.BACKWARD) {
      throw new UsageException(
          format(
              "%s reads backwards, and write proposes what follows; choose another --model",
              found.label()));
    }
    console.log(
        format(
            "model %s (step %,d), seed %d",
            found.label(), found.model().progress().step(), request.settings.seed()));
    try (ThreadTeam workers = request.engine.workers(1)) {
      Desk desk =
          new Desk(
              request.store,
              new SingleModel(request.engine.create(workers), found.model()),
              found.model().provenance().decoding()::normalized,
              request.settings);
      return write(desk);
    }
  }

  @SuppressWarnings("try") // Nothing is asked of the signals while they are handled.
  private ExitCode write(Desk desk) throws IOException {
    try (Interrupts interrupts = new Interrupts(desk::interrupt)) { // until the text is safe
      Desk.Outcome outcome;
      try {
        outcome = run(desk);
      } finally {
        say(desk, desk.keep());
      }
      if (desk.failure() != null) {
        return ExitCode.FAILED;
      }
      return outcome == Desk.Outcome.LEFT ? ExitCode.DONE : ExitCode.INTERRUPTED;
    }
  }

  /** Says where the text is, also after an error. */
  private void say(Desk desk, Path kept) {
    if (desk.proposalFailure() != null) {
      console.log(format("no more words were proposed: %s", desk.proposalFailure()));
    }
    if (desk.failure() != null) {
      console.log(format("the text could not be saved to its file: %s", desk.failure()));
    } else {
      desk.news().forEach(console::log);
    }
    console.log(
        desk.hasFile() || desk.failure() != null
            ? "the text is in " + kept.toAbsolutePath()
            : "nothing was written: there is no file");
  }

  @SuppressWarnings("try") // Nothing is asked of the signals while they are handled.
  private Desk.Outcome run(Desk desk) throws IOException {
    try (DeskTerminal terminal = terminals.open();
        WindowChanges changes = new WindowChanges(desk::resized)) {
      return desk.run(terminal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the writing desk was interrupted");
    }
  }
}
