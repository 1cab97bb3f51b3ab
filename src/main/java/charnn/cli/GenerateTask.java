package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.SamplingOptions;
import charnn.engine.registry.EngineType;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.model.Model;
import charnn.report.TextWriter;
import charnn.util.RandomStreams;
import charnn.util.ThreadTeam;

/**
 * What `sample` and `continue` were asked for, checked.
 *
 * @param length characters of each text
 * @param count texts
 * @param seed of the first text; the others' are derived from it
 * @param raw whether nothing but the texts is written
 */
record GenerateTask(SamplingSettings settings, long length, int count, long seed, boolean raw) {
  /** Characters of a prompt that are told one by one, if the model does not know them. */
  private static final int NAMED = 5;

  static GenerateTask of(SamplingOptions options) {
    return new GenerateTask(
        options.settings(), options.length(), options.count(), options.seed(), options.raw());
  }

  /**
   * Writes the texts to standard output.
   *
   * @param prompt that the model reads first, may be empty
   * @param echo whether each text begins with the prompt
   */
  void write(
      Console console, ModelOptions.Found found, EngineType engine, String prompt, boolean echo) {
    Model model = found.model();
    console.say(
        format("model %s (step %,d), seed %d", found.label(), model.progress().step(), seed));
    Prompt read = Prompt.of(model.provenance().reading().normalized(prompt), model.vocabulary());
    int unknown = read.warnings().size();
    int named = unknown == NAMED + 1 ? unknown : Math.min(unknown, NAMED);
    read.warnings().subList(0, named).forEach(console::say);
    if (unknown > named) {
      console.say(
          format(
              "the model does not know %d more characters of the prompt: left out, or replaced by similar ones",
              unknown - named));
    }
    if (echo && prompt.isEmpty()) {
      console.say("the text to go on with is empty: the model begins one of its own");
    } else if (!prompt.isEmpty() && read.indices().length == 0) {
      console.say("the model knows no character of the prompt: it begins a text of its own");
    }
    if (count > 1 && settings.isGreedy()) {
      console.say(
          format(
              "all %,d texts are the same: with %s there is no choice",
              count, settings.temperature() == 0 ? "--temperature 0" : "--top-k 1"));
    }
    try (ThreadTeam workers = engine.workers(Runtime.getRuntime().availableProcessors())) {
      write(console, new Generator(engine.create(workers), model), prompt, read, echo);
    }
  }

  private void write(
      Console console, Generator generator, String prompt, Prompt read, boolean echo) {
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    for (int i = 0; i < count; i++) {
      if (i > 0 && !raw) {
        writer.write("\n\n");
      }
      if (echo) {
        writer.write(prompt);
      }
      if (!writer.flush()) {
        return; // Nobody reads any more.
      }
      long seedOfText = i == 0 ? seed : RandomStreams.mix(seed, i);
      generator.generate(read.indices(), length, settings.sampler(seedOfText), writer::write);
    }
    if (raw) {
      writer.flush();
    } else {
      writer.end();
    }
  }
}
