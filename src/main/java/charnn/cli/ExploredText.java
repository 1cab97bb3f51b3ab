package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.ModelOptions;
import charnn.cli.options.TextOptions;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.DecodingSettings;
import charnn.data.Direction;
import charnn.data.EncodedCorpus;
import charnn.data.Tokens;
import charnn.data.Vocabulary;
import charnn.data.input.CorpusInputs;
import charnn.engine.Engine;
import charnn.explore.Recording;
import charnn.generate.Generator;
import charnn.generate.Prompt;
import charnn.generate.SamplingSettings;
import charnn.model.Hyperparameters;
import charnn.model.Model;
import charnn.model.Provenance;
import charnn.predict.SingleModel;
import charnn.util.ThreadTeam;
import java.util.HashMap;
import java.util.Map;

/**
 * A text that a model reads while its cells are watched.
 *
 * @param name of it, in words
 * @param tokens in the order in which the model reads
 */
record ExploredText(String name, Tokens tokens) {
  private static final double TEMPERATURE = 0.8;
  private static final long SEED = 1;

  /**
   * Returns the beginning of a text: of that which is given, else of the model's validation set,
   * else of one that the model writes.
   *
   * @param inputs of the text; may be none
   * @param asked how to read it
   * @param characters at most
   * @throws CorpusException if too little of it is known to the model
   */
  static ExploredText of(
      Console console,
      ModelOptions.Found found,
      CorpusInputs inputs,
      DecodingSettings asked,
      int characters,
      Engine engine,
      ThreadTeam workers)
      throws CorpusException {
    Model model = found.model();
    int most = Math.min(characters, Recording.mostCharacters(model.network().architecture()));
    if (!inputs.all().isEmpty()) {
      DecodingSettings settings =
          asked
              .withCharactersOf(model.provenance().decoding())
              .withDocuments(model.provenance().decoding().documents());
      Corpus corpus = TextOptions.read(inputs, settings, console);
      return named(corpus.sources().get(0).name(), known(console, model, corpus.text(), most));
    }
    try {
      return heldOut(InfoCommand.checkpoint(found).orElse(model), most);
    } catch (CorpusException e) {
      console.log(
          format(
              "the text that %s was trained on cannot be read: %s; exploring a text that it writes"
                  + " (name a text to explore another)",
              found.label(), e.getMessage()));
    }
    String written =
        new Generator(new SingleModel(engine, model), workers)
            .text(most, SamplingSettings.ofTemperature(TEMPERATURE).sampler(SEED));
    Direction direction = model.hyperparameters().direction();
    return named("a text that it wrote", known(console, model, direction.turned(written), most));
  }

  private static ExploredText named(String name, Tokens tokens) throws CorpusException {
    if (tokens.length() < 100) {
      throw new CorpusException(
          format(
              "the model knows %,d characters of the text, and 100 are needed; name another text",
              tokens.length()));
    }
    return new ExploredText(name, tokens);
  }

  private static ExploredText heldOut(Model model, int most) throws CorpusException {
    Hyperparameters settings = model.hyperparameters();
    Provenance provenance = model.provenance();
    Map<String, Corpus> texts = new HashMap<>();
    EncodedCorpus encoded = EncodedCorpus.of(RunText.read(provenance, texts), model.vocabulary());
    if (provenance.validation() != null) {
      encoded = encoded.validatedOn(RunText.ofValidation(provenance, texts));
    }
    Tokens all =
        encoded
            .split(settings.validationFrom(), settings.validationFraction(), settings.seed())
            .validation();
    if (all.length() < 100) {
      throw new CorpusException("it has no validation set of 100 characters");
    }
    return named("its validation set", settings.direction().turned(all.first(most)));
  }

  /** Returns the beginning of a text as the model reads it, with what it does not know replaced. */
  private static Tokens known(Console console, Model model, String text, int most) {
    Vocabulary vocabulary = model.vocabulary();
    int end = text.offsetByCodePoints(0, Math.min(most, text.codePointCount(0, text.length())));
    Prompt read =
        Prompt.of(
            text.substring(0, end), vocabulary, "replaced in the text: ", "left out of the text: ");
    read.warnings().forEach(console::log);
    int mark = vocabulary.documentMark();
    char[] ids = new char[read.indices().length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (char) read.indices()[i];
    }
    Direction direction = model.hyperparameters().direction();
    String begins = mark < 0 ? "" : String.valueOf((char) mark);
    String turned = begins + new String(direction.turned(ids));
    return Tokens.of(turned.toCharArray()).first(most);
  }
}
