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
 * An append-only text file of a run. It is truncated when the run resumes from an earlier step.
 * Text that cannot be written is kept in memory and written with the next: a disk that is full for
 * a while loses nothing.
 */
final class AppendLog {
  private final Path file;
  private final Consumer<String> warnings;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private long length; // of the text that is known to be written, in bytes
  private boolean failing;

  /**
   * @param warnings notified when writing starts to fail
   */
  AppendLog(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /**
   * Opens the file to append after its content.
   *
   * @throws IOException if it is not a regular file
   */
  void open() throws IOException {
    RegularFile.require(file);
    length = Files.exists(file) ? Files.size(file) : 0;
  }

  /** Returns the length of the file in bytes, with the pending text. */
  long length() {
    return length + pending.size();
  }

  /** Returns the content, with the pending text. */
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

  /** Returns the complete lines of a content, without a last one that is cut off. */
  static String wholeLines(byte[] bytes) {
    String content = new String(bytes, StandardCharsets.UTF_8);
    return content.substring(0, content.lastIndexOf('\n') + 1);
  }

  /**
   * Replaces the content, now or with a later append. Where the new content is a prefix of the old
   * one, the file is truncated, which needs no room on the disk.
   */
  void keep(byte[] content) throws IOException {
    byte[] written = written();
    int mismatch = Arrays.mismatch(written, content);
    int common = mismatch < 0 ? content.length : mismatch;
    pending.reset();
    if (common < written.length && common < content.length && replace(content)) {
      return;
    }
    length = common;
    pending.write(content, common, content.length - common);
    append("");
  }

  private boolean replace(byte[] content) {
    try {
      AtomicFile.writeOwned(file, out -> out.write(content));
      length = content.length;
      return true;
    } catch (IOException e) {
      return false; // The caller then writes it in place, and tries again later.
    }
  }

  /** Writes the pending text, if there is any. */
  void retry() {
    if (pending.size() > 0) {
      append("");
    }
  }

  /** Appends a text, now or with a later append. */
  void append(String text) {
    pending.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    try (FileChannel channel = RegularFile.open(file)) {
      length = Math.min(length, channel.size());
      channel.truncate(length); // A failed write may have left a part.
      long offset = length;
      while (bytes.hasRemaining()) {
        offset += channel.write(bytes, offset);
      }
      length = offset;
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
                + "); training continues and tries again");
      }
    }
  }
}
