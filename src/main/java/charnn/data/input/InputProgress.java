package charnn.data.input;

import java.io.IOException;
import java.io.InputStream;

/** How much of the inputs is read, in bytes as they stand on the disk. */
final class InputProgress {
  /** Bytes between two reports. */
  private static final int INTERVAL = 1 << 20;

  private final long total;
  private final CorpusReading reading;
  private long read;
  private long reported;

  /**
   * @param total of all inputs; 0 if it is not known
   * @param reading is told of it
   */
  InputProgress(long total, CorpusReading reading) {
    this.total = total;
    this.reading = reading;
  }

  /** Returns a stream whose bytes are counted. Closing it does not close that one. */
  InputStream counted(InputStream in) {
    return new InputStream() { // Neither skips nor asks how much there is: a pipe cannot.
      @Override
      public int read() throws IOException {
        int value = in.read();
        add(value < 0 ? 0 : 1);
        return value;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        add(Math.max(0, count));
        return count;
      }
    };
  }

  /** Returns what is read so far. */
  long read() {
    return read;
  }

  /** So much is read, for a file that was not read by a counted stream. */
  void set(long bytes) {
    add(Math.max(0, bytes - read));
  }

  private void add(long bytes) {
    read += bytes;
    if (read - reported >= INTERVAL) {
      reported = read;
      reading.read(read, total);
    }
  }

  /** Returns the part of the inputs that is read; 0 if it is not known. */
  double fraction() {
    return total == 0 ? 0 : (double) read / total;
  }
}
