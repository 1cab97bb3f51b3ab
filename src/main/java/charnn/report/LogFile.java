package charnn.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Appends lines to train.log. */
public final class LogFile {
  private final AppendLog file;

  /**
   * @param warnings notified when writing starts to fail; the lines are kept and written later
   * @throws IOException if the file cannot be a log
   */
  public LogFile(Path path, Consumer<String> warnings) throws IOException {
    file = new AppendLog(path, warnings);
    file.open();
  }

  /** Appends a line. */
  public synchronized void append(String line) {
    file.append(line + "\n");
  }
}
