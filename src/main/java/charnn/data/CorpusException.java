package charnn.data;

import charnn.util.NamesSettings;
import charnn.util.Sentence;
import java.io.IOException;

/**
 * A text cannot be used. The message names the file, the rule and the next step, in one or two
 * lines.
 */
public final class CorpusException extends IOException implements NamesSettings {
  private final transient Sentence sentence;

  public CorpusException(String message) {
    this(Sentence.of("%s", message));
  }

  public CorpusException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  public CorpusException(String message, Throwable cause) {
    super(message, cause);
    sentence = Sentence.of("%s", message);
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
