package charnn.train;

import java.io.IOException;

/** Training cannot start or go on. The message says why and what to do, in one or two lines. */
public class TrainingException extends IOException {
  public TrainingException(String message) {
    super(message);
  }
}
