package charnn.train;

import charnn.util.Sentence;
import charnn.util.UserException;

/** Training cannot start or continue. */
public final class TrainingException extends UserException {
  public TrainingException(String message) {
    super(message, null);
  }

  public TrainingException(Sentence sentence) {
    super(sentence, null);
  }

  public TrainingException(Sentence sentence, Throwable cause) {
    super(sentence, cause);
  }
}
