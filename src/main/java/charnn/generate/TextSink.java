package charnn.generate;

/** Consumes the characters of several texts. */
public interface TextSink {
  /**
   * A character follows.
   *
   * @param text number of the text, from 0
   * @return whether that text continues
   */
  boolean write(int text, int codePoint);

  /** A text is over: it has its length, or ended with its last character. */
  default void end(int text) {}

  /** Returns whether nobody reads any more: no text continues. */
  default boolean isClosed() {
    return false;
  }
}
