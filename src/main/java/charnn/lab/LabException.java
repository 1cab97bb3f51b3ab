package charnn.lab;

import charnn.util.UserException;

/** An experiment cannot be run or finished, for a reason that the message gives. */
public final class LabException extends UserException {
  private static final long serialVersionUID = 1;

  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
