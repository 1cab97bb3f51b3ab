package charnn.report;

import static charnn.text.Messages.format;

import charnn.model.ModelFileException;
import charnn.model.Score;
import charnn.score.Estimate;

/**
 * A model's score on a text.
 *
 * @param protocol how the text was read
 * @param characters predicted
 * @param unknownCharacters left out because the model does not know them
 * @param standardError of the nats per character, null if the text is too short to tell
 */
public record ScoreReport(
    String model,
    String protocol,
    long characters,
    long unknownCharacters,
    double natsPerCharacter,
    Double standardError,
    double bitsPerCharacter,
    double perplexity,
    double accuracy) {

  /**
   * Makes the report.
   *
   * @throws ModelFileException if the model predicts so badly that there is no finite figure
   */
  public static ScoreReport of(
      String model, String protocol, Estimate estimate, long unknownCharacters)
      throws ModelFileException {
    Score score = estimate.score();
    if (!Double.isFinite(Math.exp(score.loss()))) {
      throw new ModelFileException(
          format(
              "%s predicts this text with a loss of %.3g nats per character, which is no usable figure: its weights are damaged; use another model",
              model, score.loss()));
    }
    double error = estimate.standardError();
    return new ScoreReport(
        model,
        protocol,
        score.characters(),
        unknownCharacters,
        score.loss(),
        Double.isFinite(error) ? error : null,
        score.bitsPerCharacter(),
        Math.exp(score.loss()),
        score.accuracy());
  }

  /** Returns the report as lines to read. */
  public String toText() {
    return format(
        "protocol            %s%n"
            + "characters          %,d%s%n"
            + "nats per character  %.4f%s%n"
            + "bits per character  %.4f%n"
            + "perplexity          %.4f%n"
            + "accuracy            %.2f %%%n",
        protocol,
        characters,
        unknownCharacters == 0
            ? ""
            : format(" (%,d unknown to the model left out)", unknownCharacters),
        natsPerCharacter,
        standardError == null ? "" : format(" +- %.4f (standard error)", standardError),
        bitsPerCharacter,
        perplexity,
        100 * accuracy);
  }
}
