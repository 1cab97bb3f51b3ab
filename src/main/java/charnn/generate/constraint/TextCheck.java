package charnn.generate.constraint;

import java.util.BitSet;

/** Holds one text to a constraint, as its characters come. */
public interface TextCheck {
  /** Characters that are taken back at most. */
  int MAX_BACK = 128;

  /**
   * Removes the characters that must not follow.
   *
   * @param possible token ids, changed
   * @param left characters that the text may still have, 1 or more
   */
  default void retain(BitSet possible, long left) {}

  /**
   * Returns 0 if a character may follow. Else returns how many characters to take back, that one
   * included, for another way.
   *
   * @param token its id
   */
  default int fault(int token) {
    return 0;
  }

  /** A character follows. */
  default void read(int token) {}

  /** Returns whether the text may end here where no character can follow. */
  default boolean mayEnd() {
    return false;
  }

  /**
   * Returns what takes the check back to where it is now, as often as it is run, if the text has at
   * most {@link #MAX_BACK} characters more.
   */
  default Runnable mark() {
    return () -> {};
  }
}
