package charnn.text;

import java.io.IOException;

/**
 * A text cannot be used. The message names the file, the rule and the next step, in one or two
 * lines.
 */
public final class CorpusException extends IOException {
  public CorpusException(String message) {
    super(message);
  }

  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
