package charnn.data.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Symbols in a file that is written: one byte each, two from the 257th different one on, and four
 * from the 65,537th on.
 */
final class SymbolFile implements Closeable {
  private static final int BUFFER = 1 << 18;
  private static final int MOST_WIDTH = 4;

  private final FileChannel channel;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private int width = 1;
  private long written; // bytes

  /**
   * @param channel of an empty file, for reading and writing
   */
  SymbolFile(FileChannel channel) {
    this.channel = channel;
  }

  void write(int symbol) throws IOException {
    if (filled == BUFFER) {
      flush();
    }
    while (width < MOST_WIDTH && symbol >>> 8 * width != 0) {
      widen();
    }
    buffer[filled++] = (byte) symbol;
    if (width > 1) {
      buffer[filled++] = (byte) (symbol >>> 8);
    }
    if (width > 2) {
      buffer[filled++] = (byte) (symbol >>> 16);
      buffer[filled++] = 0;
    }
  }

  int width() {
    return width;
  }

  /** Returns the bytes of all symbols. */
  long bytes() {
    return written + filled;
  }

  /** Takes away the last symbols. */
  void truncate(long length) throws IOException {
    flush();
    channel.truncate(length * width);
    channel.position(length * width);
    written = length * width;
  }

  FileChannel flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, filled);
    while (bytes.hasRemaining()) {
      written += channel.write(bytes);
    }
    filled = 0;
    return channel;
  }

  /** Rewrites the file in its place, from its end to its beginning. */
  private void widen() throws IOException {
    flush();
    byte[] narrow = new byte[BUFFER];
    byte[] wide = new byte[2 * BUFFER];
    for (long end = written; end > 0; ) {
      int count = (int) Math.min(BUFFER, end);
      end -= count;
      ByteBuffer in = ByteBuffer.wrap(narrow, 0, count);
      while (in.hasRemaining()) {
        if (channel.read(in, end + in.position()) < 0) {
          throw new IOException("the file was cut off");
        }
      }
      Arrays.fill(wide, (byte) 0);
      for (int i = 0; i < count; i++) {
        wide[2 * i - i % width] = narrow[i];
      }
      ByteBuffer out = ByteBuffer.wrap(wide, 0, 2 * count);
      while (out.hasRemaining()) {
        channel.write(out, 2 * end + out.position());
      }
    }
    width *= 2;
    written *= 2;
    channel.position(written);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
