package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.SamplingOptions;
import charnn.engine.registry.EngineType;
import charnn.generate.AllowedCharacters;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.generate.Start;
import charnn.generate.StopRule;
import charnn.model.Model;
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

  static GenerateTask of(SamplingOptions options) {
    return new GenerateTask(
        options.settings(),
        options.only(),
        options.ban(),
        options.start(),
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
      Console console, ModelOptions.Found found, EngineType engine, String prompt, boolean echo) {
    Model model = found.model();
    SamplingSettings sampling =
        only.isEmpty() && ban.isEmpty()
            ? settings
            : settings.with(AllowedCharacters.of(model.vocabulary(), only, ban));
    console.log(
        format("model %s (step %,d), seed %d", found.label(), model.progress().step(), seed));
    Prompt read = Prompt.of(model.provenance().decoding().normalized(prompt), model.vocabulary());
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
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    OrderedTexts texts =
        new OrderedTexts(writer, stopRule, count, raw ? "" : "\n\n", echo ? prompt : "");
    try (ThreadTeam workers = engine.workers(Runtime.getRuntime().availableProcessors())) {
      new Generator(engine.create(workers), workers, model)
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
}
