package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.options.AttachedValue;
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

  SampleCommand(Console console) {
    super(console);
  }

  @Override
  Request request() {
    Request request = new Request(task(), engine(), prompt == null ? "" : prompt, false);
    if (prompt != null && prompt.isEmpty()) {
      console.log("the prompt is empty: the model is not primed");
    }
    return request;
  }
}
