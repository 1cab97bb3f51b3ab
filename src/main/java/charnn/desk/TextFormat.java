package charnn.desk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a text stands in its file: in UTF-8, perhaps after a byte-order mark, with one kind of line
 * end.
 */
record TextFormat(boolean hasMark, String lineEnd) {
  static final TextFormat NEW = new TextFormat(false, "\n");
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** How often a file has each kind of line end. */
  private record LineEnds(int feeds, int returns, int both) {
    static LineEnds of(byte[] bytes) {
      int feeds = 0;
      int returns = 0;
      int both = 0;
      int before = 0;
      for (byte b : bytes) {
        if (b == 0) {
          continue; // half of a character of UTF-16
        }
        returns += b == '\r' ? 1 : 0;
        feeds += b == '\n' ? 1 : 0;
        both += b == '\n' && before == '\r' ? 1 : 0;
        before = b;
      }
      return new LineEnds(feeds - both, returns - both, both);
    }

    int kinds() {
      return Integer.signum(feeds) + Integer.signum(returns) + Integer.signum(both);
    }
  }

  /** Returns the format of a file; of several kinds of line ends, the most frequent. */
  static TextFormat of(byte[] bytes) {
    boolean hasMark = bytes.length >= 3;
    for (int i = 0; hasMark && i < MARK.length; i++) {
      hasMark = bytes[i] == MARK[i];
    }
    LineEnds ends = LineEnds.of(bytes);
    String end =
        ends.both > Math.max(ends.feeds, ends.returns)
            ? "\r\n"
            : ends.returns > ends.feeds ? "\r" : "\n";
    return new TextFormat(hasMark, end);
  }

  /** Returns what becomes of a file that does not stay as it is: "in UTF-8", for instance. */
  static String change(byte[] bytes) {
    boolean isMixed = LineEnds.of(bytes).kinds() > 1;
    boolean isUtf8 =
        Arrays.equals(
            new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
    return !isMixed
        ? "in UTF-8"
        : isUtf8 ? "with one kind of line end" : "in UTF-8, with one kind of line end";
  }

  /** Returns the bytes of a text whose lines end with '\n'. */
  byte[] encode(String text) {
    byte[] encoded =
        (lineEnd.equals("\n") ? text : text.replace("\n", lineEnd))
            .getBytes(StandardCharsets.UTF_8);
    if (!hasMark) {
      return encoded;
    }
    ByteArrayOutputStream marked = new ByteArrayOutputStream(MARK.length + encoded.length);
    marked.writeBytes(MARK);
    marked.writeBytes(encoded);
    return marked.toByteArray();
  }
}
