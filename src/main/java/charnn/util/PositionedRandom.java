package charnn.util;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers whose position is one number, so that it can be copied and saved. It
 * is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014),
 * and gives what {@link java.util.SplittableRandom} gives for the same seed.
 */
public final class PositionedRandom implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L; // the odd number closest to 2^64 / phi

  private long position;

  /**
   * @param position a seed, or the {@link #position} of a stream to continue
   */
  public PositionedRandom(long position) {
    this.position = position;
  }

  /** Returns where the stream is. */
  public long position() {
    return position;
  }

  @Override
  public long nextLong() {
    position += GAMMA;
    return RandomStreams.finish(position);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
