package charnn.checkpoint;

import charnn.util.NamesSettings;
import charnn.util.Sentence;
import java.io.IOException;

/** A model file cannot be used. The message names the file, the entry and the rule. */
public final class ModelFileException extends IOException implements NamesSettings {
  private final transient Sentence sentence;

  public ModelFileException(String message) {
    this(Sentence.of("%s", message));
  }

  public ModelFileException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
    sentence = Sentence.of("%s", message);
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
