package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.ModelOptions;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.SpecialSymbols;
import charnn.data.Tokens;
import charnn.data.TrainValidationSplit;
import charnn.data.ValidationFrom;
import charnn.data.Vocabulary;
import charnn.model.Hyperparameters;
import java.util.List;

/** The part of a text that models were not trained on. */
final class ValidationSet {
  private ValidationSet() {}

  /** A part of a text. */
  record Part(String text) {
    /** Returns the text with a line end for each document mark. */
    String inLines() {
      return text.replace(SpecialSymbols.DOCUMENT_MARK, "\n");
    }
  }

  /**
   * Returns the part of a text that none of some models was trained on.
   *
   * @param corpus of which that text is
   * @param all the text, as the models read it
   * @throws CorpusException if one of them was trained on all of it
   */
  static Part of(Console console, List<ModelOptions.Found> models, Corpus corpus, String all)
      throws CorpusException {
    Vocabulary characters = Vocabulary.ofText(all);
    Tokens tokens = Tokens.of(characters.encode(all));
    return new Part(
        characters.decode(split(console, models, corpus, tokens, characters).validation()));
  }

  /**
   * Returns a text without and with the part that none of some models was trained on.
   *
   * @param corpus of which that text is
   * @param all the text, as the models read it
   * @param characters all of its characters
   * @throws CorpusException if one of them was trained on all of it
   */
  static TrainValidationSplit split(
      Console console,
      List<ModelOptions.Found> models,
      Corpus corpus,
      Tokens all,
      Vocabulary characters)
      throws CorpusException {
    double fraction = 1;
    for (ModelOptions.Found found : models) {
      String name = models.size() == 1 ? "the model" : found.label();
      if (found.model().provenance().validation() != null) {
        throw new CorpusException(
            name
                + " was validated on a corpus of its own ("
                + found.model().provenance().validation().corpus().get(0).name()
                + "); evaluate on that, and omit --validation");
      }
      double own = found.model().hyperparameters().validationFraction();
      if (own == 0) {
        throw new CorpusException(
            name + " was trained without a validation set; omit --validation");
      }
      if (!found.model().provenance().textSha256().equals(corpus.textSha256())) {
        console.log(
            format(
                "this is not the text that %s was trained on: what is taken for the validation set may have been training text",
                name));
      }
      fraction = Math.min(fraction, own);
    }
    Hyperparameters first = models.get(0).model().hyperparameters();
    for (ModelOptions.Found found : models) {
      Hyperparameters other = found.model().hyperparameters();
      if (other.validationFrom() != first.validationFrom()
          || first.validationFrom() == ValidationFrom.SPREAD
              && (other.seed() != first.seed()
                  || other.validationFraction() != first.validationFraction())) {
        throw new CorpusException(
            "the models' validation sets are spread over the text in different ways; omit --validation, or evaluate each model alone");
      }
    }
    int mark = characters.documentMark();
    return TrainValidationSplit.of(
        all,
        mark < 0 ? null : corpus.content().documentEnds(all, mark),
        first.validationFrom(),
        fraction,
        first.seed());
  }
}
