package charnn.data;

import java.util.Locale;

/** Where the validation set is taken from. */
public enum ValidationFrom {
  /** The last part of the text. */
  LAST,
  /** All over the text, at places that the seed decides: whole documents, or pieces of one text. */
  SPREAD,
  /** A corpus of its own: all of the text is trained on. */
  CORPUS;

  /** Returns the place as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
