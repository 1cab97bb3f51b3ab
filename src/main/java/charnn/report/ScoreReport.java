package charnn.report;

import static charnn.text.Messages.format;

import charnn.model.Score;

/**
 * A model's score on a text.
 *
 * @param characters predicted
 * @param unknownCharacters left out because the model does not know them
 */
public record ScoreReport(
    String model,
    long characters,
    long unknownCharacters,
    double natsPerCharacter,
    double bitsPerCharacter,
    double perplexity,
    double accuracy) {

  public static ScoreReport of(String model, Score score, long unknownCharacters) {
    return new ScoreReport(
        model,
        score.characters(),
        unknownCharacters,
        score.loss(),
        score.bitsPerCharacter(),
        Math.exp(score.loss()),
        score.accuracy());
  }

  /** Returns the report as lines to read. */
  public String toText() {
    return format(
        "characters          %,d%s%n"
            + "nats per character  %.4f%n"
            + "bits per character  %.4f%n"
            + "perplexity          %.4f%n"
            + "accuracy            %.2f %%%n",
        characters,
        unknownCharacters == 0
            ? ""
            : format(" (%,d unknown to the model left out)", unknownCharacters),
        natsPerCharacter,
        bitsPerCharacter,
        perplexity,
        100 * accuracy);
  }
}
