package charnn.report;

import charnn.model.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A text file of a run that grows at its end, and is cut back when the run goes on from an earlier
 * step.
 */
final class RunFile {
  private final Path file;

  RunFile(Path file) {
    this.file = file;
  }

  /** Keeps only the given content. */
  void replace(String content) throws IOException {
    AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns the whole lines of the content, without a last one that was cut off; empty if there is
   * no such file.
   */
  String read() throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return content.substring(0, content.lastIndexOf('\n') + 1);
  }

  void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
