package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.AdaptOptions;
import charnn.cli.options.Arguments;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.InputConverter;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.UsageException;
import charnn.data.Direction;
import charnn.data.input.CorpusInput;
import charnn.engine.registry.EngineType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code charnn continue}. */
@Command(
    description = {
      "Continue a text: print it, and generate from its end.",
      "(To resume an interrupted training run: charnn train --resume.)"
    })
final class ContinueCommand extends GenerateCommand {
  /** What stands for an ending that is given elsewhere: no text holds it. */
  private static final String READ = "\uFFFF";

  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "The text to continue (default: standard input, without its last newline).")
  private String text;

  @Option(
      names = "--before",
      paramLabel = "TEXT",
      arity = "0..1",
      fallbackValue = READ,
      preprocessor = AttachedValue.class,
      description =
          "Write what comes before this ending, with a model of train --direction backward; without TEXT, the ending is read as other texts are.")
  private String before;

  @Mixin private AdaptOptions adapt;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description =
          "What --max-copy protects: a text file, a folder, an archive or -, as in train; repeatable.")
  private List<CorpusInput> corpus = List.of();

  ContinueCommand(Console console) {
    super(console);
  }

  @Override
  List<CorpusInput> corpus() {
    return corpus;
  }

  @Override
  Request request() throws IOException {
    boolean hasEnding = before != null && !before.equals(READ);
    if (text != null && hasEnding) {
      throw new UsageException("continue takes a text or the ending --before, not both; omit one");
    }
    String typed = hasEnding ? before : text;
    if (typed != null && promptFile().isGiven()) {
      throw new UsageException("continue takes a text or --prompt-file, not both; omit one");
    }
    boolean reads = typed == null && !promptFile().isGiven();
    boolean saved = reads && console.inTerminal() && state().toLoad() != null;
    if (reads && console.inTerminal() && !saved) {
      throw new UsageException(
          before != null
              ? "--before needs an ending: charnn continue --before \"and they lived happily ever after.\", or a text on standard input"
              : "continue needs a text: charnn continue \"Once upon a time\", or a text on standard input."
                  + " To resume a training run: charnn train --resume");
    }
    EngineType engine = engine();
    adapt.require(engine, models(), state());
    GenerateTask task = task(typed, typed == null && !saved);
    String prompt =
        typed != null || saved
            ? unescaped(saved ? "" : typed)
            : promptFile().isGiven()
                ? promptFile().read(console)
                : promptFile().readStandardInput(console);
    Request request = new Request(task, engine, prompt, true, adapt);
    if (typed != null && Arguments.isFile(typed) && Files.isRegularFile(Path.of(typed))) {
      console.log(
          format(
              "continuing the letters '%s'; to continue the text in that file: charnn continue %s--prompt-file %s",
              typed, before == null ? "" : "--before ", Arguments.quoted(typed)));
    }
    return request;
  }

  @Override
  List<ModelOptions.Found> models(ModelOptions options) throws IOException {
    return before == null
        ? options.findAll(
            console,
            Direction.FORWARD,
            "it continues no text, but writes what comes before one: charnn continue --before TEXT")
        : options.findAll(
            console,
            Direction.BACKWARD,
            "--before needs a model of charnn train --direction backward, or both");
  }
}
