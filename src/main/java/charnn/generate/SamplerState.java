package charnn.generate;

import charnn.util.PositionedRandom;
import charnn.util.RandomStreams;

/**
 * What a sampler remembers of a text.
 *
 * @param random position of its stream of random numbers, of {@link PositionedRandom}
 * @param surpriseBound of {@link SurpriseTarget}, in bits; NaN: none yet
 * @param recent token ids that were read last; not changed
 */
public record SamplerState(long random, double surpriseBound, int[] recent) {
  /** Returns the state of a sampler that has read nothing. */
  public static SamplerState ofSeed(long seed) {
    return new SamplerState(RandomStreams.mix(seed), Double.NaN, new int[0]);
  }

  /** Returns the same with the random numbers of a seed. */
  public SamplerState withSeed(long seed) {
    return new SamplerState(RandomStreams.mix(seed), surpriseBound, recent);
  }

  SamplerState withSurpriseBound(double bound) {
    return new SamplerState(random, bound, recent);
  }
}
