package charnn.report;

import charnn.model.AtomicFile;
import charnn.text.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A text file of a run that grows at its end, and is cut back when the run goes on from an earlier
 * step. What cannot be written is kept and written with what comes next: a disk that is full for a
 * while costs nothing.
 */
final class RunFile {
  private final Path file;
  private final Consumer<String> warnings;
  private final StringBuilder pending = new StringBuilder();
  private long length; // of what is known to be written whole
  private boolean failing;

  /**
   * @param warnings told when writing begins to fail
   */
  RunFile(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** Keeps only the given content; nothing of what was still to be written. */
  void replace(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
    length = bytes.length;
    pending.setLength(0);
  }

  /**
   * Returns the whole lines of the content, without a last one that was cut off, and what is still
   * to be written.
   */
  String read() throws IOException {
    if (!Files.exists(file)) {
      return pending.toString();
    }
    String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return content.substring(0, content.lastIndexOf('\n') + 1) + pending;
  }

  /** Keeps only the given content, now or later. */
  void rewrite(String content) {
    pending.setLength(0);
    length = 0;
    append(content);
  }

  /** Writes what could not be written before, if there is any. */
  void retry() {
    if (pending.length() > 0) {
      append("");
    }
  }

  /** Adds a text, now or later. */
  void append(String text) {
    pending.append(text);
    ByteBuffer bytes = ByteBuffer.wrap(pending.toString().getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      length = Math.min(length, channel.size());
      channel.truncate(length); // A part of what failed before may be there.
      long at = length;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      length = at;
      pending.setLength(0);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        warnings.accept(
            "cannot write "
                + file
                + " ("
                + Messages.reason(e)
                + "); training goes on and tries again");
      }
    }
  }
}
