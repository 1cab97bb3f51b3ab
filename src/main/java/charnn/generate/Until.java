package charnn.generate;

import java.util.Locale;

/** Units of a text at whose end it may stop. */
public enum Until {
  LINE,
  SENTENCE,
  PARAGRAPH,
  DOCUMENT;

  /** Returns the unit as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
