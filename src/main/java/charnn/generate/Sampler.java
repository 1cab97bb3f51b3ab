package charnn.generate;

import charnn.engine.Logits;
import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses the next character: a stack of filters, then a draw. */
public final class Sampler {
  private final List<LogitFilter> filters;
  private final RandomGenerator random; // null: no draw, the most probable

  /**
   * @param filters applied in this order
   * @param random drawn from once a character
   */
  public Sampler(List<LogitFilter> filters, RandomGenerator random) {
    this.filters = List.copyOf(filters);
    this.random = random;
  }

  /**
   * Returns the sampler of temperature 0: always the most probable character, of equal ones the
   * first.
   */
  public static Sampler greedy() {
    return new Sampler(List.of(), null);
  }

  /**
   * Returns the index of the next character.
   *
   * @param logits [V], changed
   */
  public int next(float[] logits) {
    if (random == null) {
      return Logits.argMax(logits, 0, logits.length);
    }
    for (LogitFilter filter : filters) {
      filter.apply(logits);
    }
    double[] probabilities = Logits.softmax(logits);
    double left = random.nextDouble();
    int last = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] > 0) {
        last = i;
        left -= probabilities[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last; // Rounding ran off the end: the last one that is not excluded.
  }
}
