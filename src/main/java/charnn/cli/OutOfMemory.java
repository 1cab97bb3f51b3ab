package charnn.cli;

import java.nio.charset.StandardCharsets;

/**
 * The message of an exhausted heap. It is built beforehand: at that time nothing can be allocated.
 */
public final class OutOfMemory {
  static final String MESSAGE =
      "out of memory; use a smaller text or network, or allow more memory with CHARNN_JAVA_OPTS=-Xmx8g";

  private static final int DEEPEST = 20;
  private static final byte[] LINE =
      ("charnn: " + MESSAGE + System.lineSeparator()).getBytes(StandardCharsets.US_ASCII);

  private OutOfMemory() {}

  /** Returns the message as a line of standard error. */
  public static byte[] line() {
    return LINE;
  }

  /**
   * Returns whether an OutOfMemoryError caused the exception, also one thrown while a class was
   * initialised.
   */
  public static boolean isCauseOf(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError
          || String.valueOf(cause.getMessage()).contains(OutOfMemoryError.class.getName())) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
