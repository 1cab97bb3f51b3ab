package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.options.AdaptOptions;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.InputConverter;
import charnn.cli.options.UsageException;
import charnn.data.input.CorpusInput;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code charnn sample}. */
@Command(description = "Sample new text from a trained model.")
final class SampleCommand extends GenerateCommand {
  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      preprocessor = AttachedValue.class,
      description =
          "Prompt: text that primes the model; it is not printed (default: a text that the model generates).")
  private String prompt;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      arity = "1..*",
      preprocessor = AttachedValue.class,
      converter = InputConverter.class,
      description = "What --max-copy protects: text files, folders, archives or -, as in train.")
  private List<CorpusInput> corpus = List.of();

  SampleCommand(Console console) {
    super(console);
  }

  @Override
  List<CorpusInput> corpus() {
    return corpus;
  }

  @Override
  Request request() throws IOException {
    if (prompt != null && promptFile().isGiven()) {
      throw new UsageException("--prompt and --prompt-file exclude each other; omit one");
    }
    GenerateTask task = task(prompt, promptFile().isGiven());
    String read =
        promptFile().isGiven()
            ? promptFile().read(console)
            : prompt == null ? "" : unescaped(prompt);
    Request request = new Request(task, engine(), read, false, new AdaptOptions());
    if ((prompt != null || promptFile().isGiven()) && read.isEmpty()) {
      console.log("the prompt is empty: the model is not primed");
    }
    return request;
  }
}
