package charnn.proofread;

import java.util.Locale;

/** What is wrong with a text, as typing and scanning go wrong. */
public enum ErrorKind {
  /** Another character belongs here. */
  WRONG(1),
  /** The character does not belong here. */
  EXTRA(1),
  /** A character is missing before this one. */
  MISSING(0),
  /** The character and the next one have changed places. */
  SWAPPED(2);

  private final int removed;

  ErrorKind(int removed) {
    this.removed = removed;
  }

  /** Returns how many characters are in question. */
  public int removed() {
    return removed;
  }

  /** Returns the kind in one word. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
