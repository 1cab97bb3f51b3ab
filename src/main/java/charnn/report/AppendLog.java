package charnn.report;

import charnn.util.AtomicFile;
import charnn.util.Formats;
import charnn.util.RegularFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A text file of a run that grows at its end, and is cut back when the run goes on from an earlier
 * step. What cannot be written is kept and written with what comes next: a disk that is full for a
 * while costs nothing.
 */
final class AppendLog {
  private final Path file;
  private final Consumer<String> warnings;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long length; // of what is known to be written whole, in bytes
  private boolean failing;

  /**
   * @param warnings told when writing begins to fail
   */
  AppendLog(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /**
   * Goes on behind what the file holds already.
   *
   * @throws IOException if it is not a regular file
   */
  void open() throws IOException {
    RegularFile.require(file);
    length = Files.exists(file) ? Files.size(file) : 0;
  }

  /** Returns how long the file is, with what is still to be written, in bytes. */
  long length() {
    return length + pending.size();
  }

  /** Returns the content, with what is still to be written. */
  byte[] bytes() throws IOException {
    byte[] written = written();
    byte[] bytes = Arrays.copyOf(written, written.length + pending.size());
    System.arraycopy(pending.toByteArray(), 0, bytes, written.length, pending.size());
    return bytes;
  }

  private byte[] written() throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    RegularFile.require(file);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) Math.min(length, Integer.MAX_VALUE - 8));
    }
  }

  /** Returns the whole lines of a content, without a last one that was cut off. */
  static String wholeLines(byte[] bytes) {
    String content = new String(bytes, StandardCharsets.UTF_8);
    return content.substring(0, content.lastIndexOf('\n') + 1);
  }

  /**
   * Keeps only the given content, now or later. Where that is the file's beginning, the rest is cut
   * off, which needs no room on the disk.
   */
  void keep(byte[] content) throws IOException {
    byte[] written = written();
    int mismatch = Arrays.mismatch(written, content);
    int same = mismatch < 0 ? content.length : mismatch;
    pending.reset();
    if (same < written.length && same < content.length && replace(content)) {
      return;
    }
    length = same;
    pending.write(content, same, content.length - same);
    append("");
  }

  private boolean replace(byte[] content) {
    try {
      AtomicFile.write(file, out -> out.write(content));
      length = content.length;
      return true;
    } catch (IOException e) {
      return false; // Then it is written in place, and again if that fails, too.
    }
  }

  /** Writes what could not be written before, if there is any. */
  void retry() {
    if (pending.size() > 0) {
      append("");
    }
  }

  /** Adds a text, now or later. */
  void append(String text) {
    pending.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    try (FileChannel channel = RegularFile.open(file)) {
      length = Math.min(length, channel.size());
      channel.truncate(length); // A part of what failed before may be there.
      long at = length;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      length = at;
      pending.reset();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        warnings.accept(
            "cannot write "
                + file
                + " ("
                + Formats.reason(e)
                + "); training goes on and tries again");
      }
    }
  }
}
