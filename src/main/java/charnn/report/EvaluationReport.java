package charnn.report;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.eval.LossEstimate;
import charnn.eval.UnknownCharge;
import charnn.nn.LossMetrics;

/**
 * A model's score on a text.
 *
 * @param protocol how the text was read
 * @param characters that the model predicted
 * @param unknownCharacters that it does not know, and that are charged ({@link UnknownCharge})
 * @param unknownShare of all characters of the text
 * @param natsPerCharacter of all characters, the charge included, as in all figures below
 * @param natsPerKnownCharacter as the model predicts them
 * @param natsPerUnknownCharacter the charge of each; null if there is none
 * @param standardError of the nats per character, as far as the model's predictions scatter; null
 *     if the text is too short to tell
 * @param accuracy an unknown character is never right
 */
public record EvaluationReport(
    String model,
    String protocol,
    long characters,
    long unknownCharacters,
    double unknownShare,
    double natsPerCharacter,
    double natsPerKnownCharacter,
    Double natsPerUnknownCharacter,
    Double standardError,
    double bitsPerCharacter,
    double perplexity,
    double accuracy) {

  /**
   * Makes the report.
   *
   * @throws ModelFileException if the model predicts so badly that there is no finite figure
   */
  public static EvaluationReport of(
      String model,
      String protocol,
      LossEstimate estimate,
      long unknownCharacters,
      UnknownCharge charge)
      throws ModelFileException {
    LossMetrics score = estimate.score();
    double loss = charge.loss(score.loss());
    if (!Double.isFinite(Math.exp(loss))) {
      throw new ModelFileException(
          format(
              "%s predicts this text with a loss of %.3g nats per character, which is no usable figure: its weights are damaged; use another model",
              model, score.loss()));
    }
    double known = 1 - charge.fraction();
    double error = known * estimate.standardError();
    return new EvaluationReport(
        model,
        protocol,
        score.characters(),
        unknownCharacters,
        charge.fraction(),
        loss,
        score.loss(),
        unknownCharacters == 0 ? null : charge.natsUnknown(),
        Double.isFinite(error) ? error : null,
        loss / LossMetrics.LN_2,
        Math.exp(loss),
        known * score.accuracy());
  }

  /** Returns the report as lines to read. */
  public String toText() {
    return format(
        "protocol            %s%n"
            + "characters          %,d%s%n"
            + "nats per character  %.4f%s%s%n"
            + "bits per character  %.4f%n"
            + "perplexity          %.4f%n"
            + "accuracy            %.2f %%%n",
        protocol,
        characters,
        unknownCharacters == 0
            ? ""
            : format(
                ", and %,d (%.1f %%) unknown to the model", unknownCharacters, 100 * unknownShare),
        natsPerCharacter,
        standardError == null ? "" : format(" +- %.4f (standard error)", standardError),
        unknownCharacters == 0
            ? ""
            : format(
                "; %.4f for the known ones, a charge of %.4f for each unknown one",
                natsPerKnownCharacter, natsPerUnknownCharacter),
        bitsPerCharacter,
        perplexity,
        100 * accuracy);
  }
}
