package charnn.util;

import java.util.SplittableRandom;

/**
 * Independent random streams derived from a run's one seed. A stream is a pure function of the seed
 * and its keys (a purpose, a step), so that a resumed run needs no generator's state to draw what
 * the uninterrupted one would have drawn.
 */
public final class RandomStreams {
  /** What a stream is for: the first key of each, so that no two purposes share one. */
  public static final int INITIALISATION = 1;

  public static final int SAMPLES = 2;
  public static final int STREAMS = 3;
  public static final int RANDOM_WINDOWS = 4;
  public static final int DROPOUT = 5;
  public static final int WEIGHT_DROP = 6;
  public static final int EVALUATION = 7;
  public static final int STATE_RESET = 8;
  public static final int ERRORS = 9;
  public static final int LAB = 10;
  public static final int VALIDATION = 11;
  public static final int HELD_OUT = 12;
  public static final int REPLICAS = 13;

  private RandomStreams() {}

  /** Returns 64 well-mixed bits of the seed and the keys, each key at its place. */
  public static long mix(long seed, long... keys) {
    long mixed = begin(seed);
    for (long key : keys) {
      mixed = with(mixed, key);
    }
    return mixed;
  }

  /** Returns {@link #mix} of a seed alone: keys can be added one by one, without an array. */
  public static long begin(long seed) {
    return finish(seed + 0x9E3779B97F4A7C15L);
  }

  /** Returns what {@link #mix} would with one key more. */
  public static long with(long mixed, long key) {
    return finish(mixed * 31 + key + 0x9E3779B97F4A7C15L);
  }

  /** Returns a generator seeded with {@link #mix}. */
  public static SplittableRandom random(long seed, long... keys) {
    return new SplittableRandom(mix(seed, keys));
  }

  /**
   * Returns a uniformly random number from 0 to bound - 1. For a bound that an int can hold it is
   * that of {@link SplittableRandom#nextInt(int)}.
   */
  public static long below(SplittableRandom random, long bound) {
    return bound <= Integer.MAX_VALUE ? random.nextInt((int) bound) : random.nextLong(bound);
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
   * generators", 2014).
   */
  static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
