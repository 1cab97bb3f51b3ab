package charnn.desk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads what a terminal sends: all at once that has arrived, as of a long text that is pasted. */
final class BlockReader {
  private static final int MOST = 1 << 16; // bytes

  private final InputStream first;
  private final InputStream rest;

  /**
   * @param first waits for a byte
   * @param rest knows how many bytes have arrived after it; may be the same stream
   */
  BlockReader(InputStream first, InputStream rest) {
    this.first = first;
    this.rest = rest;
  }

  /** Waits for something; returns at least one byte, none at the end. */
  byte[] read() throws IOException {
    int begin = first.read();
    if (begin < 0) {
      return new byte[0];
    }
    int more = Math.min(rest.available(), MOST);
    byte[] block = new byte[1 + more];
    block[0] = (byte) begin;
    int read = more > 0 ? rest.read(block, 1, more) : 0;
    return Arrays.copyOf(block, 1 + Math.max(0, read));
  }
}
