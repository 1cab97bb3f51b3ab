package charnn.data.input;

/** Is told how the reading of a corpus goes on. */
public interface CorpusReading {
  /** Tells nobody. */
  CorpusReading UNSEEN = (read, total) -> {};

  /**
   * So much is read.
   *
   * @param read bytes, as they stand on the disk
   * @param total of all inputs; 0 if it is not known
   */
  void read(long read, long total);

  /** Another process encodes the same corpus, which is waited for. */
  default void waits() {}
}
