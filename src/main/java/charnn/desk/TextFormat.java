package charnn.desk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How a text stands in its file: in UTF-8, perhaps after a byte-order mark, with one kind of line
 * end.
 */
record TextFormat(boolean hasMark, String lineEnd) {
  static final TextFormat NEW = new TextFormat(false, "\n");
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Returns the format of a file; of several kinds of line ends, the most frequent. */
  static TextFormat of(byte[] bytes) {
    boolean hasMark = bytes.length >= 3;
    for (int i = 0; hasMark && i < MARK.length; i++) {
      hasMark = bytes[i] == MARK[i];
    }
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
    String end = both > Math.max(feeds, returns) - both ? "\r\n" : returns > feeds ? "\r" : "\n";
    return new TextFormat(hasMark, end);
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
