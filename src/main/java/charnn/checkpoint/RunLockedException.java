package charnn.checkpoint;

import charnn.util.NamesSettings;
import charnn.util.Sentence;
import charnn.util.Setting;
import java.io.IOException;

/** Another process trains the run. */
public final class RunLockedException extends IOException implements NamesSettings {
  private final transient Sentence sentence;

  /**
   * @param holder process ID, 0 if unknown
   */
  RunLockedException(RunDirectory run, long holder) {
    this(
        Sentence.of(
            "run '%s' is being trained by process %s; wait for it, stop it, or choose another %s",
            run.name(), holder == 0 ? "(unknown)" : String.valueOf(holder), Setting.NAME));
  }

  private RunLockedException(Sentence sentence) {
    super(sentence.toString());
    this.sentence = sentence;
  }

  @Override
  public Sentence sentence() {
    return sentence;
  }
}
