package charnn.util;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Formats messages and figures the same in every country: 1,234.5 everywhere. */
public final class Formats {
  /** Larger whole numbers have an exponent. */
  private static final double WRITTEN_OUT = 1e9;

  private Formats() {}

  /** As {@link String#format}, in no country's locale. */
  public static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }

  /** Returns a number as people write it: 1, 0.5, 1e-9, 1e12. */
  public static String number(double value) {
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < WRITTEN_OUT;
    return isWhole
        ? String.valueOf((long) value)
        : String.valueOf(value).replace("E", "e").replace(".0e", "e");
  }

  /** Returns why reading or writing failed, without the file; never null, though Java's may be. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
