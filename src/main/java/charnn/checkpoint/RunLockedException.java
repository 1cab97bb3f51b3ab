package charnn.checkpoint;

import charnn.util.Sentence;
import charnn.util.Setting;
import charnn.util.UserException;

/** Another process trains the run. */
public final class RunLockedException extends UserException {
  /**
   * @param holder process ID, 0 if unknown
   */
  RunLockedException(RunDirectory run, long holder) {
    super(
        Sentence.of(
            "run '%s' is being trained by process %s; wait for it, stop it, or choose another %s",
            run.name(), holder == 0 ? "(unknown)" : String.valueOf(holder), Setting.NAME),
        null);
  }
}
