package charnn.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Bytes of a large text that tell its encoding: the first megabyte, and pieces from all over it,
 * cut between words.
 *
 * @param bytes one after another
 * @param starts where each piece begins in them
 * @param offsets of the pieces in the text
 */
public record TextSample(byte[] bytes, int[] starts, long[] offsets) {
  /** Bytes of the first piece, ... */
  public static final int FIRST = 1 << 20;

  private static final int PIECES = 15; // besides the first
  private static final int PIECE = 1 << 16;

  /** Bytes of the widest character of fixed width. */
  private static final int WIDEST = 4;

  /** Reads a text's bytes at any place. */
  public interface Bytes {
    /** Returns so many bytes from an offset on, or fewer at the end. */
    byte[] read(long offset, int count) throws IOException;
  }

  /**
   * Takes the sample.
   *
   * @param size of the text, or of what can be read of it
   */
  public static TextSample of(Bytes text, long size) throws IOException {
    byte[] first = text.read(0, FIRST);
    if (hasNul(first)) { // Characters are wider than a byte, perhaps, and breaks are not known.
      return new TextSample(
          Arrays.copyOf(first, first.length / WIDEST * WIDEST), new int[1], new long[1]);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] starts = new int[1 + PIECES];
    long[] offsets = new long[starts.length];
    all.write(first, 0, lastBreak(first));
    for (int i = 1; i <= PIECES; i++) {
      long offset = size / (PIECES + 1) * i;
      byte[] piece = offset < FIRST ? new byte[0] : text.read(offset, PIECE);
      int from = firstBreak(piece);
      starts[i] = all.size();
      offsets[i] = offset + from;
      all.write(piece, from, Math.max(0, lastBreak(piece) - from));
    }
    return new TextSample(all.toByteArray(), starts, offsets);
  }

  /** Returns the offset in the text of a byte of the sample. */
  long offset(int index) {
    int piece = starts.length - 1;
    while (starts[piece] > index) {
      piece--;
    }
    return offsets[piece] + index - starts[piece];
  }

  private static boolean hasNul(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static int firstBreak(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && !isBreak(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Returns the end of what stands before the last break; of all, if there is none. */
  private static int lastBreak(byte[] bytes) {
    int at = bytes.length - 1;
    while (at >= 0 && !isBreak(bytes[at])) {
      at--;
    }
    return at < 0 ? bytes.length : at;
  }

  /** No encoding without NULs has these bytes within a character. */
  private static boolean isBreak(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
