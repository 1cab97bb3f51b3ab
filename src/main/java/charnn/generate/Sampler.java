package charnn.generate;

import charnn.engine.Logits;
import charnn.util.PositionedRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** Samples the next character: applies the filters, then draws. */
public final class Sampler {
  private final List<LogitFilter> filters;
  private final RandomGenerator random;
  private final boolean greedy;
  private final RecentTokens recent = new RecentTokens();

  /**
   * @param filters applied in this order
   * @param random one draw for each character
   */
  public Sampler(List<LogitFilter> filters, RandomGenerator random) {
    this(filters, random, false);
  }

  /**
   * @param greedy whether to draw nothing
   */
  Sampler(List<LogitFilter> filters, RandomGenerator random, boolean greedy) {
    this.filters = List.copyOf(filters);
    this.random = random;
    this.greedy = greedy;
  }

  /**
   * Continues a text.
   *
   * @param filters new ones, applied in this order
   * @param greedy whether to draw nothing
   */
  Sampler(List<LogitFilter> filters, SamplerState state, boolean greedy) {
    this(filters, new PositionedRandom(state.random()), greedy);
    filters.forEach(filter -> filter.resume(state));
    for (int token : state.recent()) {
      recent.add(token);
    }
  }

  /** Returns the greedy sampler (temperature 0): the most probable character, on ties the first. */
  public static Sampler greedy() {
    return new Sampler(List.of(), SamplerState.ofSeed(0), true);
  }

  /**
   * Returns the token id of the next character.
   *
   * @param logits [V], changed
   */
  public int next(float[] logits) {
    int token = choose(logits);
    read(token);
    return token;
  }

  /** As {@link #next}, but the character does not follow yet: {@link #read} says so. */
  int choose(float[] logits) {
    for (LogitFilter filter : filters) {
      filter.apply(logits);
    }
    return greedy ? Logits.argMax(logits, 0, logits.length) : draw(logits);
  }

  /**
   * Returns what it remembers, but for the recent characters, which {@link #recent} has.
   *
   * @throws IllegalStateException if its random numbers have no position
   */
  SamplerState save() {
    if (!(random instanceof PositionedRandom positioned)) {
      throw new IllegalStateException("the random numbers have no position");
    }
    SamplerState state = new SamplerState(positioned.position(), Double.NaN, new int[0]);
    for (LogitFilter filter : filters) {
      state = filter.save(state);
    }
    return state;
  }

  RecentTokens recent() {
    return recent;
  }

  /**
   * Returns what takes it back to where it is now, as often as it is run. The random numbers go on.
   */
  Runnable mark() {
    Runnable before = recent.mark();
    List<Runnable> marks = filters.stream().map(LogitFilter::mark).toList();
    return () -> {
      before.run();
      marks.forEach(Runnable::run);
    };
  }

  /** A character follows: of the prompt, or the one chosen last. */
  public void read(int token) {
    recent.add(token);
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
