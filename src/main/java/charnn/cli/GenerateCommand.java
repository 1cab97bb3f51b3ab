package charnn.cli;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.options.AdaptOptions;
import charnn.cli.options.ClampOptions;
import charnn.cli.options.ConstraintOptions;
import charnn.cli.options.EngineOptions;
import charnn.cli.options.InputOptions;
import charnn.cli.options.MixOptions;
import charnn.cli.options.Mixture;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.OutputOptions;
import charnn.cli.options.PromptFile;
import charnn.cli.options.SamplingOptions;
import charnn.cli.options.StateOptions;
import charnn.cli.options.UsageException;
import charnn.data.input.CorpusInput;
import charnn.data.input.CorpusInputs;
import charnn.engine.registry.EngineType;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** A command that generates text. */
abstract class GenerateCommand extends BaseCommand<GenerateCommand.Request> {
  /** Options that change no text, or stand elsewhere in a text's description. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "--json",
          "--top",
          "--model",
          "--models-dir",
          "--before",
          "--prompt",
          "--seed",
          "--save",
          "--save-state",
          "--verbose");

  @Mixin private ModelOptions model;
  @Mixin private MixOptions mix;
  @Mixin private SamplingOptions sampling;
  @Mixin private ConstraintOptions constraints;
  @Mixin private InputOptions inputs;
  @Mixin private PromptFile promptFile;
  @Mixin private OutputOptions output;
  @Mixin private StateOptions state;
  @Mixin private ClampOptions clamp;
  @Mixin private EngineOptions engine;

  @Spec private CommandSpec spec;

  /**
   * Texts to generate.
   *
   * @param prompt that primes the model, may be empty
   * @param echo whether each text begins with the prompt
   * @param adapt whether the model learns from the prompt first
   */
  record Request(
      GenerateTask task, EngineType engine, String prompt, boolean echo, AdaptOptions adapt) {}

  GenerateCommand(Console console) {
    super(console);
  }

  /** Returns what must not be copied; empty if none is given. */
  abstract List<CorpusInput> corpus();

  /**
   * Returns the task, checked before a prompt is read.
   *
   * @param typed the prompt on the command line; null if there is none
   * @param reads whether a prompt is read from a file or standard input
   */
  GenerateTask task(String typed, boolean reads) throws IOException {
    mix.weights(model.count());
    clamp.require(model.count());
    sampling.decimalCommaHint().ifPresent(console::log);
    sampling.requireEscapes(typed != null || constraints.bansPhrases());
    if (!reads && corpus().isEmpty()) {
      promptFile.requireNoDecoding();
    }
    CorpusInputs kept = inputs.of(corpus(), console);
    if (kept.readsStandardInput() && reads && !promptFile.isGiven()) {
      throw new UsageException(
          "standard input is the text to continue; give that as an argument, or name a file with --corpus");
    }
    boolean continues = reads || (typed != null && !typed.isEmpty()) || state.toLoad() != null;
    GenerateTask task =
        GenerateTask.of(
            sampling,
            constraints.rules(
                kept, promptFile.decoding(), sampling::unescaped, sampling.stopRule()),
            output,
            given(),
            continues);
    state.require(task.output().texts(), output.json(), continues || task.length() > 0);
    return task;
  }

  /** Returns the settings that were given, by their options' names with_underscores. */
  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!NO_SETTINGS.contains(option.longestName())) {
        given.put(option.longestName().substring(2).replace('-', '_'), forJson(option.getValue()));
      }
    }
    return given;
  }

  private static Object forJson(Object value) {
    if (value instanceof Collection<?> values) {
      return values.stream().map(GenerateCommand::forJson).toList();
    }
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }

  /** Returns the models to use. */
  List<ModelOptions.Found> models(ModelOptions options) throws IOException {
    return options.findAll(console);
  }

  StateOptions state() {
    return state;
  }

  /** Returns how many models are given. */
  int models() {
    return model.count();
  }

  PromptFile promptFile() {
    return promptFile;
  }

  /** Returns a prompt of the command line as it is meant. */
  String unescaped(String prompt) {
    return sampling.unescaped(prompt);
  }

  EngineType engine() {
    return engine.kind(console);
  }

  @Override
  final ExitCode execute(Request request) throws IOException {
    Mixture mixture = Mixture.of(models(model), mix.weights(model.count()));
    mixture.models().forEach(found -> found.requireEngine(request.engine));
    return request.task.generate(
        console,
        mixture,
        clamp.of(mixture, request.engine),
        request.engine,
        request.prompt,
        request.echo,
        request.adapt,
        state);
  }
}
