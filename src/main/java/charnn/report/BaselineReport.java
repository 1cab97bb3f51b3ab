package charnn.report;

import static charnn.util.Formats.format;

import charnn.eval.Baselines;
import charnn.eval.NGramModel;
import charnn.nn.LossMetrics;

/**
 * What methods without a network reach on a validation set; see {@link Baselines}.
 *
 * @param trainingCharacters the last of the training set, from which they predict
 * @param validationCharacters the first of the validation set, which they predict
 */
public record BaselineReport(
    double nGramNatsPerCharacter,
    double nGramBitsPerCharacter,
    double xzNatsPerCharacter,
    double xzBitsPerCharacter,
    long trainingCharacters,
    long validationCharacters) {
  static final String NGRAM = format("order-%d n-gram", NGramModel.ORDER);

  public static BaselineReport of(Baselines baselines) {
    return new BaselineReport(
        baselines.nGram(),
        baselines.nGram() / LossMetrics.LN_2,
        baselines.xz(),
        baselines.xz() / LossMetrics.LN_2,
        baselines.trainingCharacters(),
        baselines.validationCharacters());
  }

  /** Returns the figures as the end of a sentence. */
  String toWords() {
    return format(
        "an %s model reaches %.3f (%.2f), xz %.3f (%.2f)",
        NGRAM,
        nGramNatsPerCharacter,
        nGramBitsPerCharacter,
        xzNatsPerCharacter,
        xzBitsPerCharacter);
  }

  /**
   * Returns a network's validation loss beside the baselines, as a sentence.
   *
   * @param loss in nats per character
   */
  public String beside(double loss) {
    return format(
        "validation loss %.3f nats per character (%.2f bits); %s",
        loss, loss / LossMetrics.LN_2, toWords());
  }

  /** Returns rows of a table whose names have so many columns. */
  String toRows(int nameColumns) {
    String form = "%-" + nameColumns + "s%.4f nats per character, %.4f bits%n";
    return format(form, NGRAM, nGramNatsPerCharacter, nGramBitsPerCharacter)
        + format(form, "xz", xzNatsPerCharacter, xzBitsPerCharacter);
  }
}
