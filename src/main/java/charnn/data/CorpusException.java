package charnn.data;

import charnn.util.Sentence;
import charnn.util.UserException;

/** A text cannot be used. The message names the file, the rule and the next step. */
public class CorpusException extends UserException {
  public CorpusException(String message) {
    super(message, null);
  }

  public CorpusException(Sentence sentence) {
    super(sentence, null);
  }

  public CorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}
