package charnn.data;

import java.util.Locale;

/** What to do with bytes that a text's encoding does not allow, and with NUL characters. */
public enum BadBytes {
  /** The text is refused. */
  FAIL,
  /** Each bad sequence becomes U+FFFD, the replacement character; a NUL is left out. */
  REPLACE,
  /** They are left out. */
  SKIP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
