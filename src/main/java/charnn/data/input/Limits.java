package charnn.data.input;

import charnn.data.LargeText;

/**
 * How much may come out of packed files, so that a small one cannot fill the memory or take hours.
 *
 * @param entries of an archive
 * @param free bytes that a file may unpack to, whatever its size
 * @param ratio times its size that it may unpack to beyond that; texts rarely reach 20
 * @param large bytes of a text from which on it is decoded while it is read
 * @param memory characters of all texts together: that of Java, which a text takes several times
 */
record Limits(int entries, long free, int ratio, int large, long memory) {
  static final Limits USUAL =
      new Limits(200_000, 64L << 20, 250, LargeText.LARGE, Runtime.getRuntime().maxMemory());

  /** Of texts that need not fit in memory together. */
  static final Limits ON_DISK =
      new Limits(USUAL.entries, USUAL.free, USUAL.ratio, USUAL.large, Long.MAX_VALUE);

  /** Archives and compressed files within each other. */
  static final int DEPTH = 5;
}
