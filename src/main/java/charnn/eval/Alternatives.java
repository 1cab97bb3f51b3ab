package charnn.eval;

import charnn.data.SpecialSymbols;
import charnn.data.Vocabulary;
import charnn.engine.Logits;
import charnn.predict.Alternative;
import java.util.ArrayList;
import java.util.List;

/**
 * The most likely characters at each position of a text, at most {@value #COUNT}. Threads may keep
 * those of different positions at the same time. A position takes 30 bytes.
 */
public final class Alternatives {
  public static final int COUNT = 5;

  private final Vocabulary vocabulary;
  private final int count; // of each position
  private final char[] tokens; // [positions x count], the most likely first
  private final float[] probabilities; // [positions x count]

  Alternatives(Vocabulary vocabulary, int positions) {
    this.vocabulary = vocabulary;
    count = Math.min(COUNT, vocabulary.size());
    tokens = new char[positions * count];
    probabilities = new float[positions * count];
  }

  /**
   * Keeps those of a position, if it is among the first ones.
   *
   * @param logits V logits from the offset on
   * @param token one of them
   * @param nats -ln p of that token
   */
  void keep(int position, float[] logits, int offset, int token, double nats) {
    int from = position * count;
    if (from >= tokens.length) {
      return;
    }
    int[] best = Logits.best(logits, offset, vocabulary.size(), count);
    for (int i = 0; i < count; i++) {
      double p = StrictMath.exp(logits[offset + best[i]] - logits[offset + token] - nats);
      tokens[from + i] = (char) best[i];
      probabilities[from + i] = (float) p;
    }
  }

  /** Returns those of a position, the most likely first; none where nothing was predicted. */
  public List<Alternative> at(int position) {
    List<Alternative> list = new ArrayList<>();
    for (int i = position * count; i < Math.min(tokens.length, (position + 1) * count); i++) {
      if (probabilities[i] > 0) {
        list.add(
            new Alternative(
                SpecialSymbols.alone(vocabulary.codePoint(tokens[i])), probabilities[i]));
      }
    }
    return list;
  }
}
