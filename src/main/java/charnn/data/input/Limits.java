package charnn.data.input;

/**
 * How much may come out of packed files, so that a small one cannot fill the memory or take hours.
 *
 * @param entries of an archive
 * @param free bytes that a file may unpack to, whatever its size
 * @param ratio times its size that it may unpack to beyond that; texts rarely reach 20
 * @param memory characters of all texts together: that of Java, which a text takes several times
 */
record Limits(int entries, long free, int ratio, long memory) {
  static final Limits USUAL = new Limits(200_000, 64L << 20, 250, Runtime.getRuntime().maxMemory());

  /** Archives and compressed files within each other. */
  static final int DEPTH = 5;
}
