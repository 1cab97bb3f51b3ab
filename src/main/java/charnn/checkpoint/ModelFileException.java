package charnn.checkpoint;

import charnn.util.Sentence;
import charnn.util.UserException;

/** A model file cannot be used. The message names the file, the entry and the rule. */
public final class ModelFileException extends UserException {
  public ModelFileException(String message) {
    super(message, null);
  }

  public ModelFileException(Sentence sentence) {
    super(sentence, null);
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
