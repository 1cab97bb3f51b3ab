package charnn.generate;

/** Consumes the characters of several texts. */
public interface TextSink {
  /** See {@link #alternatives}. */
  int NO_PREDICTIONS = -1;

  /**
   * A character follows.
   *
   * @param text number of the text, from 0
   * @return whether that text continues
   */
  boolean write(int text, int codePoint);

  /**
   * A character follows.
   *
   * @param prediction of it; null if the sink wants none
   * @return whether that text continues
   */
  default boolean write(int text, int codePoint, Prediction prediction) {
    return write(text, codePoint);
  }

  /**
   * Returns how many alternatives to each character its prediction is to have; {@link
   * #NO_PREDICTIONS} if no predictions are wanted.
   */
  default int alternatives() {
    return NO_PREDICTIONS;
  }

  /**
   * A long prompt is being read, before any character.
   *
   * @param characters read so far
   */
  default void read(int characters) {}

  /** Returns how many characters of the first text were passed on: not held back, and printed. */
  default long passedOn() {
    return 0;
  }

  /** A text is over: it has its length, or ended with its last character. */
  default void end(int text) {}

  /** A text is over: it matches a regular expression, and nothing may follow. */
  default void match(int text) {
    end(text);
  }

  /** A text is over too soon: the constraints left no way to go on. */
  default void fail(int text) {
    end(text);
  }

  /** Returns whether nobody reads any more: no text continues. */
  default boolean isClosed() {
    return false;
  }
}
