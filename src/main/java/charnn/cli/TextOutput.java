package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.OutputOptions;
import charnn.cli.options.SamplingOptions;
import charnn.cli.options.UsageException;
import charnn.data.Direction;
import charnn.generate.SamplingSettings;
import charnn.generate.StopRule;
import charnn.generate.TextEnd;
import charnn.generate.TextSink;
import charnn.report.Json;
import charnn.report.OrderedTexts;
import charnn.report.ProgressDisplay;
import charnn.report.TextReport;
import charnn.report.TextWriter;
import charnn.report.WholeTexts;
import charnn.util.Formats;
import charnn.util.RandomStreams;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Which texts are generated and printed, and how. The texts to generate are numbered: those to
 * choose one of stand together, and all of one temperature.
 *
 * @param temperatures of which each has its texts; only their number matters if it is 1
 * @param count texts to print for each temperature
 * @param bestOf texts to generate for each of them; the most probable is printed
 * @param seed of the first text; the others' are derived from it
 * @param reproducible whether the seed decides the text: not one that continues saved random
 *     numbers
 * @param raw whether to print nothing but the texts
 * @param json whether to print a line of JSON for each text
 * @param alternatives to each character, or {@link TextSink#NO_PREDICTIONS}
 * @param given options, by name
 */
record TextOutput(
    List<Double> temperatures,
    int count,
    int bestOf,
    long seed,
    boolean reproducible,
    boolean raw,
    boolean json,
    int alternatives,
    Map<String, Object> given) {
  /** A status is for those who wait. */
  private static final long STATUS_AFTER_NANOS = 2_000_000_000L;

  /**
   * @param settings of each temperature
   * @param given options, by name
   */
  static TextOutput of(
      List<SamplingSettings> settings,
      SamplingOptions sampling,
      OutputOptions options,
      Map<String, Object> given) {
    options.requireFits(sampling.raw(), sampling.endless());
    TextOutput output =
        new TextOutput(
            settings.stream().map(SamplingSettings::temperature).toList(),
            sampling.count(),
            options.bestOf(),
            sampling.seed(),
            sampling.isSeeded() || !given.containsKey("load_state"),
            sampling.raw(),
            options.json(),
            options.alternatives(),
            given);
    if ((double) settings.size() * output.count * output.bestOf > Integer.MAX_VALUE) {
      throw new UsageException(
          format(
              "--count times --best-of times the temperatures must be at most %d",
              Integer.MAX_VALUE));
    }
    return output;
  }

  /** Returns how many texts to generate. */
  int texts() {
    return temperatures.size() * count * bestOf;
  }

  /** Returns how many texts are printed. */
  int printed() {
    return temperatures.size() * count;
  }

  /** Returns the numbers of the printed texts of which all that were generated are among some. */
  BitSet printed(BitSet some) {
    BitSet printed = new BitSet();
    for (int text = 0; text < printed(); text++) {
      int from = text * bestOf;
      printed.set(text, some.nextClearBit(from) >= from + bestOf);
    }
    return printed;
  }

  /** Returns the number of a text's temperature. */
  int temperature(int text) {
    return text / (count * bestOf);
  }

  /** Returns the seed of a text: the same at each temperature, and of one text the seed given. */
  long seed(int text) {
    int printed = text / bestOf % count;
    int candidate = text % bestOf;
    if (candidate > 0) {
      return RandomStreams.mix(seed, printed, candidate);
    }
    return printed > 0 ? RandomStreams.mix(seed, printed) : seed;
  }

  /**
   * What was printed.
   *
   * @param isRead whether all of it has a reader
   * @param cut texts that were ended by their length
   */
  record Printed(boolean isRead, int cut) {}

  /**
   * Prints the texts.
   *
   * @param model its name
   * @param ends where texts end before their length
   * @param prompt next to which they stand
   * @param continued whether the text will go on later: a newline would be a character of it
   * @param generator generates all texts into a sink
   */
  Printed print(
      Console console,
      String model,
      StopRule ends,
      PrintedPrompt prompt,
      boolean continued,
      Consumer<TextSink> generator) {
    TextWriter writer = new TextWriter(console.out(), console.outTerminal());
    TextSink texts;
    IntSupplier cut;
    if (json || bestOf > 1 || prompt.direction() == Direction.BACKWARD) {
      try (ProgressDisplay display = console.progressDisplay()) {
        AtomicInteger cutTexts = new AtomicInteger();
        texts = wholeTexts(console, display, writer, model, ends, prompt, cutTexts);
        cut = cutTexts::get;
        generator.accept(texts);
      }
    } else {
      OrderedTexts ordered =
          new OrderedTexts(
              writer,
              ends,
              printed(),
              printed -> (printed == 0 ? "" : separator()) + label(printed),
              prompt.text(),
              prompt.echo());
      texts = ordered;
      cut = ordered::cut;
      generator.accept(texts);
    }
    if (!raw && !texts.isClosed() && (!continued || console.outTerminal())) {
      writer.end();
    }
    return new Printed(writer.flush() && !texts.isClosed(), cut.getAsInt());
  }

  private WholeTexts wholeTexts(
      Console console,
      ProgressDisplay display,
      TextWriter writer,
      String model,
      StopRule ends,
      PrintedPrompt prompt,
      AtomicInteger cut) {
    // A status would overwrite the end of a raw text on the same terminal.
    boolean silent = raw && console.outTerminal();
    return new WholeTexts(
        ends,
        prompt.asRead(),
        bestOf,
        Math.max(0, alternatives),
        silent ? (over, characters) -> {} : progress(display),
        read -> {
          WholeTexts.Text text = read.turned(prompt.direction());
          if (text.ended() == TextEnd.LENGTH) {
            cut.incrementAndGet();
          }
          display.clearStatus();
          writer.write(json ? json(text, model, prompt.text()) + "\n" : plain(text, prompt));
          return writer.flush();
        });
  }

  private WholeTexts.Progress progress(ProgressDisplay display) {
    long begun = System.nanoTime();
    return (over, characters) -> {
      if (System.nanoTime() - begun > STATUS_AFTER_NANOS) {
        display.updateStatus(
            () ->
                texts() == 1
                    ? format("%,d characters", characters)
                    : format("%,d of %,d texts, %,d characters", over, texts(), characters));
      }
    };
  }

  private String separator() {
    return raw ? "" : "\n\n";
  }

  /** Returns the label before a text, by its number among those that are printed. */
  private String label(int printed) {
    return raw || temperatures.size() == 1 || printed % count > 0
        ? ""
        : "--- temperature " + Formats.number(temperatures.get(printed / count)) + " ---\n";
  }

  private String plain(WholeTexts.Text text, PrintedPrompt prompt) {
    int printed = text.number() / bestOf;
    boolean last = printed == printed() - 1;
    return label(printed) + prompt.with(text.text()) + (last ? "" : separator());
  }

  private String json(WholeTexts.Text text, String model, String prompt) {
    Map<String, Object> settings = new LinkedHashMap<>(given);
    if (!given.containsKey("dynamic_temperature")) {
      settings.put("temperature", temperatures.get(temperature(text.number())));
    }
    return Json.line(
        TextReport.of(
            text,
            prompt,
            reproducible ? seed(text.number()) : null,
            model,
            settings,
            alternatives != TextSink.NO_PREDICTIONS));
  }
}
