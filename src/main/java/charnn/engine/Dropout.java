package charnn.engine;

import charnn.util.RandomStreams;

/**
 * Inverted dropout of layer outputs (Srivastava et al., "Dropout", 2014; on the non-recurrent
 * connections only, as in Zaremba et al., "Recurrent neural network regularization", 2014). A mask
 * is a pure function of the seed, the step, the layer, the row and the time: the same for every
 * engine, any number of threads, and in a resumed run.
 *
 * @param probability of dropping, 0 to below 1
 * @param locked whether a row has one mask for all times of a window (variational dropout, Gal and
 *     Ghahramani, 2016)
 * @param seed of the run
 */
public record Dropout(double probability, boolean locked, long seed) {
  /** Stride from a unit's input to the hash to the next unit's. */
  public static final int UNIT_STRIDE = 0x9E3779B9;

  /** Multipliers of {@link #hash}. */
  public static final int HASH_1 = 0x85EBCA6B;

  public static final int HASH_2 = 0xC2B2AE35;

  public static final Dropout NONE = new Dropout(0, false, 0);

  public boolean isActive() {
    return probability > 0;
  }

  /**
   * Writes the mask of one layer, batch row and time: 0 where dropped, else {@link #scale}.
   *
   * @param units H
   * @param mask [units] overwritten, from {@code offset} on
   */
  public void mask(long step, int layer, int row, int time, int units, float[] mask, int offset) {
    int key = key(rowKey(step, layer, row), time);
    int threshold = threshold();
    float scale = scale();
    for (int unit = 0; unit < units; unit++) {
      mask[offset + unit] = (hash(key + unit * UNIT_STRIDE) >>> 1) < threshold ? 0 : scale;
    }
  }

  /** Returns the key of one layer and batch row, from which {@link #key} derives those of times. */
  public long rowKey(long step, int layer, int row) {
    long key = RandomStreams.with(RandomStreams.begin(seed), RandomStreams.DROPOUT);
    key = RandomStreams.with(RandomStreams.with(key, step), layer);
    return RandomStreams.with(key, row);
  }

  /**
   * Returns the key of a time. A unit's hash is that of key + unit * {@link #UNIT_STRIDE}.
   *
   * @param rowKey as {@link #rowKey} returns it
   */
  public int key(long rowKey, int time) {
    return (int) RandomStreams.with(rowKey, locked ? 0 : time);
  }

  /** Returns the threshold: a unit is dropped if the upper 31 bits of its hash are below it. */
  public int threshold() {
    return (int) (probability * (1L << 31));
  }

  /** Returns the inverted-dropout scale 1 / (1 - probability) of units that are not dropped. */
  public float scale() {
    return (float) (1 / (1 - probability));
  }

  /**
   * The 32-bit finalizer of MurmurHash3 (Appleby, 2011): every input bit changes every output bit
   * with probability 1/2.
   */
  public static int hash(int x) {
    x = (x ^ (x >>> 16)) * HASH_1;
    x = (x ^ (x >>> 13)) * HASH_2;
    return x ^ (x >>> 16);
  }
}
