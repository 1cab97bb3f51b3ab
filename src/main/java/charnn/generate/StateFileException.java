package charnn.generate;

import charnn.util.UserException;

/** A saved state cannot be used. The message names the file and the rule. */
public final class StateFileException extends UserException {
  public StateFileException(String message) {
    super(message, null);
  }

  public StateFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
