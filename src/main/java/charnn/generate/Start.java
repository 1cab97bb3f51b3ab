package charnn.generate;

import java.util.Locale;

/** Where a text without a prompt starts. */
public enum Start {
  /** At the beginning of a paragraph where the text has such, else of a line. */
  PARAGRAPH,
  /** Anywhere, perhaps in the middle of a word. */
  RANDOM;

  /** Returns the start as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
