package charnn.generate;

import charnn.engine.Logits;
import charnn.util.Setting;

/**
 * Holds the mean surprise of the characters near a target, as mirostat 2 does (Basu et al.,
 * "Mirostat: a neural text decoding algorithm that directly controls perplexity", 2021): a
 * character whose surprise -log2 p is above a bound mu is excluded, and after each character of
 * surprise s, mu falls by {@value #RATE} (s - target). The surprise is that of the distribution
 * sampled from.
 *
 * @param bits the target, more than 0
 */
public record SurpriseTarget(double bits) implements SamplingStep {
  private static final double RATE = 0.1;
  private static final double LN_2 = 0.6931471805599453;

  public SurpriseTarget {
    Setting.SURPRISE.require(bits);
  }

  @Override
  public Stage stage() {
    return Stage.SURPRISE;
  }

  @Override
  public LogitFilter start() {
    return new Filter(bits);
  }

  private static final class Filter implements LogitFilter {
    private final double target;
    private double bound; // mu
    private double[] sampledFrom = {}; // empty: not sampled

    Filter(double target) {
      this.target = target;
      bound = 2 * target;
    }

    @Override
    public void apply(float[] logits) {
      double[] probabilities = Logits.softmax(logits);
      double least = StrictMath.exp(-bound * LN_2);
      int best = Logits.argMax(logits, 0, logits.length);
      Filters.exclude(logits, i -> i != best && probabilities[i] < least);
      sampledFrom = Logits.softmax(logits);
    }

    @Override
    public void read(int token) {
      if (sampledFrom.length > 0) {
        double surprise = -StrictMath.log(sampledFrom[token]) / LN_2;
        bound -= RATE * (surprise - target);
        sampledFrom = new double[0];
      }
    }

    @Override
    public void resume(SamplerState state) {
      bound = Double.isNaN(state.surpriseBound()) ? bound : state.surpriseBound();
    }

    @Override
    public SamplerState save(SamplerState state) {
      return state.withSurpriseBound(bound);
    }

    @Override
    public Runnable mark() {
      double now = bound;
      return () -> {
        bound = now;
        sampledFrom = new double[0];
      };
    }
  }
}
