package charnn.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Writes train.log, line by line, behind what it holds already. */
public final class LogFile {
  private final AppendLog file;

  /**
   * @param warnings told when writing begins to fail; what could not be written is kept
   * @throws IOException if the file cannot be a log
   */
  public LogFile(Path path, Consumer<String> warnings) throws IOException {
    file = new AppendLog(path, warnings);
    file.open();
  }

  /** Adds a line. */
  public synchronized void line(String line) {
    file.append(line + "\n");
  }
}
