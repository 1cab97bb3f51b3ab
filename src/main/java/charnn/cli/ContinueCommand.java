package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.AdaptOptions;
import charnn.cli.options.Arguments;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.PathConverter;
import charnn.cli.options.UsageException;
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
  @Parameters(
      paramLabel = "TEXT",
      arity = "0..1",
      description = "The text to continue (default: standard input, without its last newline).")
  private String text;

  @Mixin private AdaptOptions adapt;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1",
      preprocessor = AttachedValue.class,
      converter = PathConverter.class,
      description = "A plain-text file that --max-copy protects; repeatable.")
  private List<Path> corpus = List.of();

  ContinueCommand(Console console) {
    super(console);
  }

  @Override
  List<Path> corpus() {
    return corpus;
  }

  @Override
  Request request() throws IOException {
    if (text != null && promptFile().isGiven()) {
      throw new UsageException("continue takes a text or --prompt-file, not both; omit one");
    }
    boolean reads = text == null && !promptFile().isGiven();
    boolean saved = reads && console.inTerminal() && state().toLoad() != null;
    if (reads && console.inTerminal() && !saved) {
      throw new UsageException(
          "continue needs a text: charnn continue \"Once upon a time\", or a text on standard input."
              + " To resume a training run: charnn train --resume");
    }
    EngineType engine = engine();
    adapt.require(engine, models(), state());
    GenerateTask task = task(text, text == null && !saved);
    String prompt =
        text != null || saved
            ? unescaped(saved ? "" : text)
            : promptFile().isGiven()
                ? promptFile().read(console)
                : promptFile().readStandardInput(console);
    Request request = new Request(task, engine, prompt, true, adapt);
    if (text != null && Arguments.isFile(text) && Files.isRegularFile(Path.of(text))) {
      console.log(
          format(
              "continuing the letters '%s'; to continue the text in that file: charnn continue --prompt-file %s",
              text, Arguments.quoted(text)));
    }
    return request;
  }
}
