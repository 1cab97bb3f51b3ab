package charnn.generate;

import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.predict.Alternative;
import java.util.ArrayList;
import java.util.List;

/**
 * How probable a character of a text was by the model alone: at temperature 1, with nothing left
 * out.
 *
 * @param logProbability in nats
 * @param alternatives the most probable characters in its place, itself among them, the most
 *     probable first; on ties the first code point
 */
public record Prediction(double logProbability, List<Alternative> alternatives) {
  public Prediction {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * Returns the prediction of a character.
   *
   * @param logits of V characters, from an offset on
   * @param token id of the character
   * @param count alternatives; V at most
   */
  static Prediction of(float[] logits, int offset, Vocabulary vocabulary, int token, int count) {
    int v = vocabulary.size();
    double normalizer = Logits.logSumExp(logits, offset, v);
    List<Alternative> alternatives = new ArrayList<>();
    for (int best : Logits.best(logits, offset, v, Math.min(count, v))) {
      alternatives.add(
          new Alternative(
              SpecialSymbols.alone(vocabulary.codePoint(best)),
              StrictMath.exp(logits[offset + best] - normalizer)));
    }
    return new Prediction(logits[offset + token] - normalizer, alternatives);
  }
}
