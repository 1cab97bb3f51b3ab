package charnn.cli;

import static charnn.util.Formats.format;

import charnn.cli.console.Console;
import charnn.cli.options.ModelOptions;
import charnn.data.Corpus;
import charnn.data.CorpusException;
import charnn.data.TrainValidationSplit;
import java.util.List;

/** The part of a text that models were not trained on. */
final class ValidationSet {
  private ValidationSet() {}

  /**
   * Returns the part of a text that none of some models was trained on.
   *
   * @param corpus of which that text is
   * @param all the text, as the models read it
   * @throws CorpusException if one of them was trained on all of it
   */
  static String of(Console console, List<ModelOptions.Found> models, Corpus corpus, String all)
      throws CorpusException {
    double fraction = 1;
    for (ModelOptions.Found found : models) {
      String name = models.size() == 1 ? "the model" : found.label();
      double own = found.model().hyperparameters().validationFraction();
      if (own == 0) {
        throw new CorpusException(
            name + " was trained without a validation set; omit --validation");
      }
      if (!found.model().provenance().textSha256().equals(corpus.textSha256())) {
        console.log(
            format(
                "this is not the text that %s was trained on: its last part may have been training text",
                name));
      }
      fraction = Math.min(fraction, own);
    }
    int characters = all.codePointCount(0, all.length());
    return all.substring(
        all.offsetByCodePoints(0, (int) TrainValidationSplit.trainingLength(characters, fraction)));
  }
}
