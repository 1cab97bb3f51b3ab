package charnn.train;

import charnn.util.NamesSettings;
import charnn.util.Sentence;
import java.io.IOException;

/** Training cannot start or continue. The message gives the reason and the next step. */
public class TrainingException extends IOException implements NamesSettings {
  private final transient Sentence sentence;

  public TrainingException(String message) {
    this(Sentence.of("%s", message));
  }

  public TrainingException(Sentence sentence) {
    this(sentence, null);
  }

  public TrainingException(Sentence sentence, Throwable cause) {
    super(sentence.toString(), cause);
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
