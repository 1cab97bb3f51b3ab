package charnn.data.input;

import static charnn.util.Formats.format;

import charnn.data.CorpusException;
import charnn.util.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import org.tukaani.xz.MemoryLimitException;

/**
 * What a library unpacks, counted and checked: whatever it throws says that the file is damaged.
 */
final class UnpackedStream extends InputStream {
  private final String place;
  private final InputStream in;
  private final Budget budget;
  private final long expected;
  private final CRC32 crc = new CRC32();

  /**
   * @param place of what is unpacked, for messages
   * @param in from the library
   */
  UnpackedStream(String place, InputStream in, Budget budget) {
    this(place, in, budget, -1);
  }

  /**
   * @param expected checksum of all bytes (CRC-32); negative if it is unknown
   */
  UnpackedStream(String place, InputStream in, Budget budget, long expected) {
    this.place = place;
    this.in = in;
    this.budget = budget;
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw damaged(place, e);
    }
    if (count > 0) {
      budget.unpacked(count);
      crc.update(bytes, offset, count);
    } else if (count < 0 && expected >= 0 && crc.getValue() != expected) {
      throw damaged(place, new IOException("the checksum is wrong"));
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * Returns what to say of a file that a library cannot unpack.
   *
   * @param cause whatever it threw
   */
  static CorpusException damaged(String place, Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof CorpusException said) {
        return said; // of a layer below
      }
    }
    if (cause instanceof MemoryLimitException) {
      return new CorpusException(
          format("%s takes much memory to unpack (%s); unpack it first", place, cause.getMessage()),
          cause);
    }
    boolean isSaid = cause instanceof IOException && cause.getMessage() != null;
    return new CorpusException(
        format(
            "%s is damaged or not whole%s; get it again",
            place, isSaid ? " (" + Formats.reason((IOException) cause) + ")" : ""),
        cause);
  }
}
