package charnn.generate;

import java.util.Locale;

/** Why a text ended where it did. */
public enum TextEnd {
  /** It has its length. */
  LENGTH,
  /** A line, sentence, paragraph or document ended: see {@link Until}. */
  UNTIL,
  /** A stop string came. */
  STOP,
  /** It matches a regular expression, and nothing may follow. */
  MATCH;

  /** Returns the reason as it is called in JSON. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
