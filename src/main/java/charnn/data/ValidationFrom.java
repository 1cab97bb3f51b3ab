package charnn.data;

import java.util.Locale;

/** Where the validation set is taken from a text. */
public enum ValidationFrom {
  /** Its last part. */
  LAST,
  /** All over it, at places that the seed decides: whole documents, or pieces of one text. */
  SPREAD;

  /** Returns the place as it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
