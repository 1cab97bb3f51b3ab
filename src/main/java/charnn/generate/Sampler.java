package charnn.generate;

import charnn.engine.Logits;
import java.util.List;
import java.util.random.RandomGenerator;

/** Samples the next character: applies the filters, then draws. */
public final class Sampler {
  private final List<LogitFilter> filters;
  private final RandomGenerator random; // null: greedy

  /**
   * @param filters applied in this order
   * @param random one draw for each character
   */
  public Sampler(List<LogitFilter> filters, RandomGenerator random) {
    this.filters = List.copyOf(filters);
    this.random = random;
  }

  /** Returns the greedy sampler (temperature 0): the most probable character, on ties the first. */
  public static Sampler greedy() {
    return new Sampler(List.of(), null);
  }

  /**
   * Returns the token id of the next character.
   *
   * @param logits [V], changed
   */
  public int next(float[] logits) {
    for (LogitFilter filter : filters) {
      filter.apply(logits);
    }
    int token = random == null ? Logits.argMax(logits, 0, logits.length) : draw(logits);
    read(token);
    return token;
  }

  /** A character of the prompt is read. */
  public void read(int token) {
    for (LogitFilter filter : filters) {
      filter.read(token);
    }
  }

  private int draw(float[] logits) {
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
    return last; // The probabilities may add up to less than the draw, by rounding.
  }
}
