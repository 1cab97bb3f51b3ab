package charnn.report;

import charnn.generate.Prediction;
import charnn.nn.LossMetrics;
import charnn.predict.Alternative;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A generated text.
 *
 * @param prompt that it continues, which is no part of it; null if there is none
 * @param seed in digits, as 64 bits are more than a JSON number is read with everywhere: alone it
 *     gives this text, with the same settings but one text to choose of; null if none does
 * @param model its name, or those of several with their weights
 * @param settings that were given, by name
 * @param ended why the text ended: length, until, stop or match; null: it ended too soon
 * @param characters of the text
 * @param logProbability in nats, of all its characters after the prompt, at temperature 1 with
 *     nothing left out; null if it is not finite
 * @param bitsPerCharacter its negative, in bits, for each character; null if there is none
 * @param alternatives to each character; null if none are wanted
 */
public record TextReport(
    String text,
    String prompt,
    String seed,
    String model,
    Map<String, Object> settings,
    String ended,
    int characters,
    Double logProbability,
    Double bitsPerCharacter,
    List<Place> alternatives) {
  /** A character of the text, and what could have stood in its place. */
  public record Place(String character, double probability, List<Alternative> top) {}

  /**
   * Makes the report.
   *
   * @param withAlternatives whether the text has predictions of its characters to report
   */
  public static TextReport of(
      WholeTexts.Text text,
      String prompt,
      Long seed,
      String model,
      Map<String, Object> settings,
      boolean withAlternatives) {
    double nats = text.logProbability();
    double bits = -nats / LossMetrics.LN_2 / text.characters();
    return new TextReport(
        text.text(),
        prompt.isEmpty() ? null : prompt,
        seed == null ? null : seed.toString(),
        model,
        settings,
        text.ended() == null ? null : text.ended().toString(),
        text.characters(),
        Double.isFinite(nats) ? nats : null,
        Double.isFinite(bits) ? bits + 0.0 : null, // no negative zero
        withAlternatives ? places(text) : null);
  }

  private static List<Place> places(WholeTexts.Text text) {
    int[] codePoints = text.text().codePoints().toArray();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < codePoints.length; i++) {
      Prediction prediction = text.predictions().get(i);
      places.add(
          new Place(
              Character.toString(codePoints[i]),
              StrictMath.exp(prediction.logProbability()),
              prediction.alternatives()));
    }
    return places;
  }
}
