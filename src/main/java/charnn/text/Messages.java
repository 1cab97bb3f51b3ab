package charnn.text;

import java.util.Locale;

/** Formats messages and figures the same in every country: 1,234.5 everywhere. */
public final class Messages {
  private Messages() {}

  /** As {@link String#format}, in no country's locale. */
  public static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
