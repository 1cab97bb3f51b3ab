package charnn.util;

import java.io.IOException;

/**
 * Something failed for a reason that the user can understand. The message gives the reason and the
 * next step, in one or two lines.
 */
public abstract class UserException extends IOException implements NamesSettings {
  private final transient Sentence sentence;

  protected UserException(String message, Throwable cause) {
    this(Sentence.of("%s", message), cause);
  }

  /**
   * @param cause null if there is none
   */
  protected UserException(Sentence sentence, Throwable cause) {
    super(sentence.toString(), cause);
    this.sentence = sentence;
  }

  @Override
  public final Sentence sentence() {
    return sentence;
  }
}
