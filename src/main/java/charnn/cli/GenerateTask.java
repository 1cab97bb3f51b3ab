package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.console.ExitCode;
import charnn.cli.console.Interrupts;
import charnn.cli.options.AdaptOptions;
import charnn.cli.options.Mixture;
import charnn.cli.options.OutputOptions;
import charnn.cli.options.SamplingOptions;
import charnn.cli.options.StateOptions;
import charnn.cli.options.TextRules;
import charnn.cli.options.UsageException;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.data.Vocabulary;
import charnn.engine.Engine;
import charnn.engine.registry.EngineType;
import charnn.generate.AllowedCharacters;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.StopRule;
import charnn.generate.TextRecorder;
import charnn.generate.TextSink;
import charnn.generate.Until;
import charnn.generate.constraint.Constraint;
import charnn.predict.LanguageModel;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * A validated task of `sample` or `continue`.
 *
 * @param settings of each temperature
 * @param rules that the texts are held to
 * @param only characters to use only; empty: all
 * @param ban characters not to use
 * @param start where a text without a prompt starts
 * @param length characters of each text
 * @param stopRule where a text ends before that
 * @param seeded whether the user gave a seed
 * @param output which texts are generated and printed, and how
 */
record GenerateTask(
    List<SamplingSettings> settings,
    TextRules rules,
    String only,
    String ban,
    Start start,
    long length,
    StopRule stopRule,
    boolean seeded,
    TextOutput output) {
  /**
   * @param given options, by name
   * @param prompted whether there is a prompt
   */
  static GenerateTask of(
      SamplingOptions options,
      TextRules rules,
      OutputOptions output,
      Map<String, Object> given,
      boolean prompted) {
    List<SamplingSettings> settings = options.settings();
    return new GenerateTask(
        settings,
        rules,
        options.only(),
        options.ban(),
        options.start(prompted),
        options.length(),
        options.stopRule(),
        options.isSeeded(),
        TextOutput.of(settings, options, output, given));
  }

  /**
   * Generates the texts to standard output.
   *
   * @param prompt that primes the model, may be empty
   * @param echo whether each text has the prompt where it belongs
   * @param adapt whether the model learns from the prompt first
   * @param state to continue from, and to save
   * @throws GenerationException if the rules left no way to go on with a text; what there is of it
   *     is printed
   */
  ExitCode generate(
      Console console,
      Mixture mixture,
      EngineType engine,
      String prompt,
      boolean echo,
      AdaptOptions adapt,
      StateOptions state)
      throws IOException {
    Direction direction = mixture.direction();
    if (direction == Direction.BACKWARD) {
      requireFitsBackward(mixture.label(), state);
    }
    DecodingSettings decoding = mixture.decoding();
    Vocabulary vocabulary = mixture.vocabulary();
    AllowedCharacters allowed =
        AllowedCharacters.of(vocabulary, decoding.normalized(only), decoding.normalized(ban));
    List<SamplingSettings> sampling = settings;
    if (!only.isEmpty() || !ban.isEmpty()) {
      sampling = settings.stream().map(one -> one.with(allowed)).toList();
    }
    List<Constraint> constraints = TextConstraints.of(console, rules, mixture, allowed, length);
    boolean loads = state.toLoad() != null;
    console.log(
        format("model %s", mixture.labelWithSteps())
            + (loads && !seeded ? "" : format(", seed %d", output.seed())));
    String spelled = vocabulary.spelling(decoding.normalized(prompt));
    Prompt read = Prompt.of(spelled, vocabulary);
    read.warnings().forEach(console::log);
    if (echo && prompt.isEmpty() && !loads) {
      console.log(
          format(
              "the %s is empty: the model starts a new text",
              direction == Direction.FORWARD ? "text to continue" : "ending"));
    } else if (!prompt.isEmpty() && read.indices().length == 0) {
      console.log(
          "the model knows no character of the prompt: it "
              + (loads ? "continues the saved text" : "starts a new text"));
    }
    int[] tokens = direction.turned(read.indices());
    logGreedy(console);
    StopRule stops = stopRule.spelled(stop -> vocabulary.spelling(decoding.normalized(stop)));
    stops.stops().forEach(stop -> warnOfUnknown(console, stop, vocabulary));
    StopRule ends = stops.spelled(direction::turned);
    BitSet failed = new BitSet();
    ExitCode code;
    try (ThreadTeam workers = engine.workers(Runtime.getRuntime().availableProcessors())) {
      Engine backend = engine.create(workers);
      Mixture used =
          adapt.isGiven()
              ? PromptAdaptation.adapted(console, adapt, backend, workers, mixture, tokens)
              : mixture;
      LanguageModel model = used.languageModel(backend);
      TextMemory memory = TextMemory.of(console, state, used, model);
      boolean goesOn = tokens.length == 0; // after no prompt
      String before = memory.earlier() + (goesOn ? "" : direction.turned(spelled));
      int generated = goesOn ? memory.generated() : 0;
      Generator generator =
          new Generator(
              model,
              workers,
              constraints.stream().map(rule -> rule.behind(before, generated)).toList());
      TextRecorder recorder = memory.saves() ? new TextRecorder() : null;
      List<SamplingSettings> samplers = sampling;
      try (Interrupts interrupts = memory.saves() ? new Interrupts(console::endLine) : null;
          Preparation reading = new Preparation(console, "reading the prompt", tokens.length)) {
        boolean isRead =
            output.print(
                console,
                used.label(),
                memory.behind(ends),
                new PrintedPrompt(prompt, echo, direction),
                memory.saves(),
                sink -> {
                  TextSink watched =
                      new WatchedTexts(sink, reading, memory.saves() ? interrupts : () -> false);
                  if (state.isGiven()) {
                    failed.or(
                        generator.generate(
                            memory.from(),
                            tokens,
                            start,
                            length,
                            memory.sampler(samplers.get(0), output.seed(), seeded),
                            watched,
                            recorder));
                  } else {
                    failed.or(
                        generator.generate(
                            tokens,
                            start,
                            length,
                            output.texts(),
                            text ->
                                samplers.get(output.temperature(text)).sampler(output.seed(text)),
                            watched));
                  }
                });
        code =
            memory.saves()
                ? memory.save(recorder, isRead, interrupts.getAsBoolean())
                : ExitCode.DONE;
      }
    }
    BitSet tooShort = output.printed(failed);
    if (!tooShort.isEmpty()) {
      throw failure(tooShort);
    }
    return code;
  }

  /**
   * Checks that nothing is asked for that a text cannot be that begins with its end.
   *
   * @param label of the model
   */
  private void requireFitsBackward(String label, StateOptions state) {
    String option =
        state.isGiven()
            ? state.toSave() != null ? "--save-state" : "--load-state"
            : length == Long.MAX_VALUE
                ? "--endless"
                : stopRule.until() == Until.SENTENCE
                    ? "--until sentence"
                    : rules.match() != null ? "--match" : null;
    if (option != null) {
      throw new UsageException(
          format(
              "%s is for texts that are written forwards, and %s writes from the end; omit it, or choose another --model",
              option, label));
    }
  }

  private GenerationException failure(BitSet failed) {
    String which =
        output.printed() == 1
            ? "the text"
            : format(
                "text %,d of %,d%s",
                failed.nextSetBit(0) + 1,
                output.printed(),
                failed.cardinality() == 1
                    ? ""
                    : format(" (and %,d more)", failed.cardinality() - 1));
    return new GenerationException(
        format(
            "%s ended too soon: no way was found to go on and keep to %s; relax that, or try another --seed",
            which, rules.options()));
  }

  /** Logs which texts are the same. */
  private void logGreedy(Console console) {
    List<SamplingSettings> greedy = settings.stream().filter(SamplingSettings::isGreedy).toList();
    if (greedy.isEmpty()) {
      return;
    }
    String why = greedy.get(0).hasTemperature() ? "--top-k 1" : "--temperature 0";
    boolean all = greedy.size() == settings.size();
    int same = all ? settings.size() * output.count() : output.count();
    if (same > 1) {
      console.log(
          format(
              "all %,d texts%s are the same: %s is greedy decoding",
              same, all ? "" : " of temperature 0", why));
    }
    if (output.bestOf() > 1) {
      console.log(
          format(
              "the %,d texts to choose of%s are the same: %s is greedy decoding",
              output.bestOf(), all ? "" : " at temperature 0", why));
    }
  }

  /** Warns of a stop string that the model cannot generate. */
  private static void warnOfUnknown(Console console, String stop, Vocabulary vocabulary) {
    stop.codePoints()
        .filter(codePoint -> vocabulary.indexOf(codePoint) < 0)
        .findFirst()
        .ifPresent(
            unknown ->
                console.log(
                    format(
                        "no text ends at the stop string '%s': the model does not know %s",
                        stop, Vocabulary.describe(unknown))));
  }
}
