package charnn.engine;

import charnn.text.Seeds;

/**
 * Dropout of layer outputs, scaled so that their mean stays (Srivastava et al., "Dropout", 2014; on
 * the non-recurrent connections only, as in Zaremba et al., "Recurrent neural network
 * regularization", 2014). What is dropped is a pure function of the seed and the place: the same
 * for every engine, any number of threads, and in a resumed run.
 *
 * @param probability of dropping, 0 to below 1
 * @param seed of the run
 */
public record Dropout(double probability, long seed) {
  public static final Dropout NONE = new Dropout(0, 0);

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
    int key = (int) Seeds.mix(seed, Seeds.DROPOUT, step, layer, row, time);
    int threshold = (int) (probability * (1L << 31));
    float kept = (float) (1 / (1 - probability));
    for (int unit = 0; unit < units; unit++) {
      factors[at + unit] = (hash(key + unit * 0x9E3779B9) >>> 1) < threshold ? 0 : kept;
    }
  }

  /**
   * The 32-bit finalizer of MurmurHash3 (Appleby, 2011): every input bit changes every output bit
   * with probability 1/2.
   */
  private static int hash(int x) {
    x = (x ^ (x >>> 16)) * 0x85EBCA6B;
    x = (x ^ (x >>> 13)) * 0xC2B2AE35;
    return x ^ (x >>> 16);
  }
}
