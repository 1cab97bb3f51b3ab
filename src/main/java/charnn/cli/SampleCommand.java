package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AttachedValue;
import charnn.cli.options.CommonOptions;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.SamplingOptions;
import charnn.engine.registry.EngineType;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code charnn sample}. */
@Command(description = "Sample new text from a trained model.")
final class SampleCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model;
  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      preprocessor = AttachedValue.class,
      description =
          "Prompt: text that primes the model; it is not printed (default: a text that the model generates).")
  private String prompt;

  @Mixin private EngineOptions engine;
  @Mixin private CommonOptions common;

  SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    GenerateTask task = GenerateTask.of(sampling);
    EngineType kind = engine.kind(console);
    if (prompt != null && prompt.isEmpty()) {
      console.log("the prompt is empty: the model is not primed");
    }
    String read = prompt == null ? "" : prompt;
    task.generate(console, model.find(console), kind, read, false);
    return ExitCode.DONE.code();
  }
}
