package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.Mixture;
import charnn.cli.options.SamplingOptions;
import charnn.data.DecodingSettings;
import charnn.data.Vocabulary;
import charnn.engine.registry.EngineType;
import charnn.generate.AllowedCharacters;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.StopRule;
import charnn.report.OrderedTexts;
import charnn.report.TextWriter;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;

/**
 * A validated task of `sample` or `continue`.
 *
 * @param only characters to use only; empty: all
 * @param ban characters not to use
 * @param start where a text without a prompt starts
 * @param length characters of each text
 * @param stopRule where a text ends before that
 * @param count texts
 * @param seed of the first text; the others' are derived from it
 * @param raw whether to print nothing but the texts
 */
record GenerateTask(
    SamplingSettings settings,
    String only,
    String ban,
    Start start,
    long length,
    StopRule stopRule,
    int count,
    long seed,
    boolean raw) {
  /** Warnings about unknown characters of a prompt that are printed one by one. */
  private static final int NAMED = 5;

  /**
   * @param prompted whether there is a prompt
   */
  static GenerateTask of(SamplingOptions options, boolean prompted) {
    return new GenerateTask(
        options.settings(),
        options.only(),
        options.ban(),
        options.start(prompted),
        options.length(),
        options.stopRule(),
        options.count(),
        options.seed(),
        options.raw());
  }

  /**
   * Generates the texts to standard output.
   *
   * @param prompt that primes the model, may be empty
   * @param echo whether each text begins with the prompt
   */
  void generate(
      Console console, Mixture mixture, EngineType engine, String prompt, boolean echo) {
    DecodingSettings decoding = mixture.decoding();
    Vocabulary vocabulary = mixture.vocabulary();
    SamplingSettings sampling =
        only.isEmpty() && ban.isEmpty()
            ? settings
            : settings.with(
                AllowedCharacters.of(
                    vocabulary, decoding.normalized(only), decoding.normalized(ban)));
    console.log(format("model %s, seed %d", mixture.labelWithSteps(), seed));
    Prompt read = Prompt.of(decoding.normalized(prompt), vocabulary);
    int unknown = read.warnings().size();
    int named = unknown == NAMED + 1 ? unknown : Math.min(unknown, NAMED);
    read.warnings().subList(0, named).forEach(console::log);
    if (unknown > named) {
      console.log(
          format(
              "the model does not know %d more characters of the prompt: left out, or replaced by similar ones",
              unknown - named));
    }
    if (echo && prompt.isEmpty()) {
      console.log("the text to continue is empty: the model starts a new text");
    } else if (!prompt.isEmpty() && read.indices().length == 0) {
      console.log("the model knows no character of the prompt: it starts a new text");
    }
    if (count > 1 && settings.isGreedy()) {
      console.log(
          format(
              "all %,d texts are the same: %s is greedy decoding",
              count, settings.hasTemperature() ? "--top-k 1" : "--temperature 0"));
    }
    StopRule ends = stopRule.spelled(stop -> vocabulary.spelling(decoding.normalized(stop)));
    ends.stops().forEach(stop -> warnOfUnknown(console, stop, vocabulary));
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    OrderedTexts texts = new OrderedTexts(writer, ends, count, raw ? "" : "\n\n", prompt, echo);
    try (ThreadTeam workers = engine.workers(Runtime.getRuntime().availableProcessors())) {
      new Generator(mixture.languageModel(engine.create(workers)), workers)
          .generate(
              read.indices(),
              start,
              length,
              count,
              i -> sampling.sampler(i == 0 ? seed : RandomStreams.mix(seed, i)),
              texts);
    }
    if (raw) {
      writer.flush();
    } else if (!texts.isClosed()) {
      writer.end();
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
