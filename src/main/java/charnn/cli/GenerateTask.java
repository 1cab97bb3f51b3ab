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
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.StopRule;
import charnn.generate.TextRecorder;
import charnn.generate.TextSink;
import charnn.generate.Until;
import charnn.generate.constraint.Constraint;
import charnn.nn.Clamp;
import charnn.predict.LanguageModel;
import charnn.util.ThreadTeam;
import java.io.IOException;
import java.util.ArrayList;
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
   * @param clamps units of the model that are held at values
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
      List<Clamp> clamps,
      EngineType engine,
      String prompt,
      boolean echo,
      AdaptOptions adapt,
      StateOptions state)
      throws IOException {
    if (mixture.direction() == Direction.BACKWARD) {
      requireFitsBackward(mixture.label(), state);
    }
    ModelRules held = rules(console, mixture);
    boolean loads = state.toLoad() != null;
    console.log(
        format("model %s", mixture.labelWithSteps())
            + (loads && !seeded ? "" : format(", seed %d", output.seed())));
    ReadPrompt read = ReadPrompt.of(console, mixture, prompt, echo, loads);
    logGreedy(console);
    BitSet failed = new BitSet();
    ExitCode code;
    try (ThreadTeam workers = engine.workers(Runtime.getRuntime().availableProcessors())) {
      Engine backend = engine.create(workers);
      Mixture used =
          adapt.isGiven()
              ? PromptAdaptation.adapted(console, adapt, backend, workers, mixture, read.tokens())
              : mixture;
      LanguageModel model = used.languageModel(backend, clamps);
      TextMemory memory = TextMemory.of(console, state, used, model);
      Generator generator = generator(model, workers, held.constraints, memory, read);
      code = print(console, used.label(), generator, held, memory, read, failed);
    }
    BitSet tooShort = output.printed(failed);
    if (!tooShort.isEmpty()) {
      throw failure(tooShort);
    }
    return code;
  }

  /**
   * The rules in a model's characters.
   *
   * @param sampling settings of each temperature, with the characters that are allowed
   * @param stopRule its strings are in reading order
   */
  private record ModelRules(
      List<SamplingSettings> sampling, List<Constraint> constraints, StopRule stopRule) {}

  private ModelRules rules(Console console, Mixture mixture) throws IOException {
    if (stopRule.until() == Until.DOCUMENT && mixture.vocabulary().documentMark() < 0) {
      throw new UsageException(
          format(
              "--until document needs a model of documents, and %s was trained on one text; omit it, or train with --records",
              mixture.label()));
    }
    DecodingSettings decoding = mixture.decoding();
    Vocabulary vocabulary = mixture.vocabulary();
    RuleSpelling spelling = new RuleSpelling(console, vocabulary, decoding);
    AllowedCharacters allowed =
        AllowedCharacters.of(
            vocabulary, spelling.characters("--only", only), spelling.characters("--ban", ban));
    boolean allowsAll = only.isEmpty() && ban.isEmpty();
    return new ModelRules(
        allowsAll ? settings : settings.stream().map(one -> one.with(allowed)).toList(),
        TextConstraints.of(console, rules, mixture, allowed, length),
        stopRule.with(
            spelling.phrases("--stop", stopRule.stops(), "no text ends at the stop string")));
  }

  /** Returns a generator of texts that go on after the memory and the prompt. */
  private static Generator generator(
      LanguageModel model,
      ThreadTeam workers,
      List<Constraint> constraints,
      TextMemory memory,
      ReadPrompt read) {
    boolean goesOn = read.isEmpty(); // after no prompt
    String before = memory.earlier() + (goesOn ? "" : read.spelled());
    int generated = goesOn ? memory.generated() : 0;
    return new Generator(
        model, workers, constraints.stream().map(rule -> rule.after(before, generated)).toList());
  }

  /**
   * Generates and prints the texts, and saves the memory if asked to.
   *
   * @param label of the model
   * @param failed is set to the numbers of the texts that ended too soon
   */
  private ExitCode print(
      Console console,
      String label,
      Generator generator,
      ModelRules held,
      TextMemory memory,
      ReadPrompt read,
      BitSet failed)
      throws IOException {
    StopRule ends = held.stopRule.spelled(read.printed().direction()::turned);
    TextRecorder recorder = memory.saves() ? new TextRecorder() : null;
    try (Interrupts interrupts = memory.saves() ? new Interrupts(console::endLine) : null;
        Preparation reading =
            new Preparation(console, "reading the prompt", read.tokens().length)) {
      TextOutput.Printed printed =
          output.print(
              console,
              label,
              memory.after(ends),
              read.printed(),
              memory.saves(),
              sink -> {
                TextSink watched =
                    new WatchedTexts(sink, reading, memory.saves() ? interrupts : () -> false);
                failed.or(run(generator, held.sampling, memory, read, watched, recorder));
              });
      if (printed.isRead() && printed.cut() > 0 && stopRule.isGiven()) {
        console.log(cut(printed.cut(), read.printed().direction()));
      }
      return memory.saves()
          ? memory.save(recorder, printed.isRead(), interrupts.getAsBoolean())
          : ExitCode.DONE;
    }
  }

  /** Says how many texts have their length, and not the end that was asked for. */
  private String cut(int texts, Direction direction) {
    boolean one = output.printed() == 1;
    List<String> missing = new ArrayList<>();
    if (stopRule.until() != null) {
      missing.add(
          format(
              "%s %s %s",
              texts == 1 ? "its" : "their",
              stopRule.until(),
              direction == Direction.BACKWARD ? "began" : "ended"));
    }
    if (!stopRule.stops().isEmpty()) {
      missing.add("a stop string came");
    }
    return format(
        "%s %s cut at %,d characters before %s; raise --length",
        one ? "the text" : format("%,d of %,d texts", texts, output.printed()),
        texts == 1 ? "was" : "were",
        length,
        String.join(" or ", missing));
  }

  /** Generates the texts; returns the numbers of those that ended too soon. */
  private BitSet run(
      Generator generator,
      List<SamplingSettings> sampling,
      TextMemory memory,
      ReadPrompt read,
      TextSink sink,
      TextRecorder recorder) {
    if (memory.options().isGiven()) {
      return generator.generate(
          memory.from(),
          read.tokens(),
          start,
          length,
          memory.sampler(sampling.get(0), output.seed(), seeded),
          sink,
          recorder);
    }
    return generator.generate(
        read.tokens(),
        start,
        length,
        output.texts(),
        text -> sampling.get(output.temperature(text)).sampler(output.seed(text)),
        sink);
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
}
