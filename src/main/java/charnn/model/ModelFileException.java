package charnn.model;

import java.io.IOException;

/** A model file cannot be used. The message names the file, the entry and the rule. */
public final class ModelFileException extends IOException {
  public ModelFileException(String message) {
    super(message);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
