package charnn.engine;

import charnn.text.Seeds;

/**
 * Dropout of layer outputs, scaled so that their mean stays (Srivastava et al., "Dropout", 2014; on
 * the non-recurrent connections only, as in Zaremba et al., "Recurrent neural network
 * regularization", 2014). What is dropped is a pure function of the seed and the place: the same
 * for every engine, any number of threads, and in a resumed run.
 *
 * @param probability of dropping, 0 to below 1
 * @param locked whether a row drops the same units at all times of a window
 * @param seed of the run
 */
public record Dropout(double probability, boolean locked, long seed) {
  /**
   * The distance between two neighbouring units' inputs to the hash; the hash's own constants are
   * the two after it.
   */
  public static final int UNIT = 0x9E3779B9;

  public static final int HASH_1 = 0x85EBCA6B;
  public static final int HASH_2 = 0xC2B2AE35;

  public static final Dropout NONE = new Dropout(0, false, 0);

  public boolean isActive() {
    return probability > 0;
  }

  /**
   * Writes the factors of one layer and batch row: 0 where dropped, else 1 / (1 - probability).
   *
   * @param units how many factors to write, H
   * @param factors overwritten from {@code at} on
   */
  public void factors(long step, int layer, int row, int time, int units, float[] factors, int at) {
    int key = key(rowKey(step, layer, row), time);
    int threshold = threshold();
    float kept = kept();
    for (int unit = 0; unit < units; unit++) {
      factors[at + unit] = (hash(key + unit * UNIT) >>> 1) < threshold ? 0 : kept;
    }
  }

  /** Returns what the keys of one layer and batch row are made from. */
  public long rowKey(long step, int layer, int row) {
    long key = Seeds.with(Seeds.begin(seed), Seeds.DROPOUT);
    key = Seeds.with(Seeds.with(key, step), layer);
    return Seeds.with(key, row);
  }

  /**
   * Returns where the hashes of a time begin; a unit's is that of key + unit * {@link #UNIT}.
   *
   * @param rowKey as {@link #rowKey} returns it
   */
  public int key(long rowKey, int time) {
    return (int) Seeds.with(rowKey, locked ? 0 : time);
  }

  /** Returns the number below which the upper 31 bits of a hash mean dropped. */
  public int threshold() {
    return (int) (probability * (1L << 31));
  }

  /** Returns the factor of what is not dropped. */
  public float kept() {
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
