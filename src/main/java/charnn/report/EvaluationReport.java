package charnn.report;

import static charnn.util.Formats.format;

import charnn.checkpoint.ModelFileException;
import charnn.data.Direction;
import charnn.eval.Baselines;
import charnn.eval.LossEstimate;
import charnn.eval.UnknownCharge;
import charnn.nn.LossMetrics;
import java.util.Optional;

/**
 * Loss, perplexity and accuracy of a model on a text.
 *
 * @param direction in which the model reads the text
 * @param protocol of the evaluation
 * @param characters that the model predicted
 * @param unknownCharacters not in the vocabulary, charged by {@link UnknownCharge}
 * @param unknownShare of the characters that are predicted or charged
 * @param natsPerCharacter of all characters, the charge included, as in all figures below
 * @param natsPerKnownCharacter as the model predicts them
 * @param natsPerUnknownCharacter the charge of each; null if there is none
 * @param standardError of the nats per character, without the charge; null if the text is too short
 * @param accuracy of all characters; an unknown one counts as wrong
 * @param baselines of the text, if it is the validation set of a longer one; else null
 */
public record EvaluationReport(
    String model,
    Direction direction,
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
    double accuracy,
    BaselineReport baselines) {
  private static final int NAME_COLUMNS = 20;

  /**
   * Makes the report.
   *
   * @throws ModelFileException if the model predicts so badly that there is no finite figure
   */
  public static EvaluationReport of(
      String model,
      Direction direction,
      String protocol,
      LossEstimate estimate,
      long unknownCharacters,
      UnknownCharge charge,
      Optional<Baselines> baselines)
      throws ModelFileException {
    LossMetrics metrics = estimate.score();
    double loss = charge.loss(metrics.loss());
    requireFinite(model, loss);
    double known = 1 - charge.fraction();
    double error = known * estimate.standardError();
    return new EvaluationReport(
        model,
        direction,
        protocol,
        metrics.characters(),
        unknownCharacters,
        charge.fraction(),
        loss,
        metrics.loss(),
        unknownCharacters == 0 ? null : charge.natsUnknown(),
        Double.isFinite(error) ? error : null,
        loss / LossMetrics.LN_2,
        Math.exp(loss),
        known * metrics.accuracy(),
        baselines.map(BaselineReport::of).orElse(null));
  }

  /**
   * @throws ModelFileException if a loss, in nats per character, is no usable figure
   */
  static void requireFinite(String model, double loss) throws ModelFileException {
    if (!Double.isFinite(Math.exp(loss))) {
      throw new ModelFileException(
          format(
              "%s predicts this text with a loss of %.3g nats per character, which is no usable figure: its weights are damaged; use another model",
              model, loss));
    }
  }

  /**
   * Returns the report as a table.
   *
   * @param columns of the terminal; 0: there is none
   */
  public String toText(int columns) {
    return LineWrap.wrapLines(toText(), columns, NAME_COLUMNS);
  }

  private String toText() {
    return format(
        "protocol            %s%s%n"
            + "characters          %,d%s%n"
            + "nats per character  %.4f%s%s%n"
            + "bits per character  %.4f%n"
            + "perplexity          %.4f%n"
            + "accuracy            %.2f %%%n"
            + "%s",
        protocol,
        direction == Direction.BACKWARD ? ", the text read backwards" : "",
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
        100 * accuracy,
        baselines == null ? "" : baselines.toRows(NAME_COLUMNS));
  }
}
