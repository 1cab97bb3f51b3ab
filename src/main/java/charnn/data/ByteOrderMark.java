package charnn.data;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** U+FEFF at a file's start, which marks its encoding. Longer marks come first. */
enum ByteOrderMark {
  UTF_32LE("UTF-32LE", 0xFF, 0xFE, 0, 0),
  UTF_32BE("UTF-32BE", 0, 0, 0xFE, 0xFF),
  UTF_8("UTF-8", 0xEF, 0xBB, 0xBF),
  UTF_16LE("UTF-16LE", 0xFF, 0xFE),
  UTF_16BE("UTF-16BE", 0xFE, 0xFF);

  private final String charset;
  private final byte[] mark;

  ByteOrderMark(String charset, int... mark) {
    this.charset = charset;
    this.mark = new byte[mark.length];
    for (int i = 0; i < mark.length; i++) {
      this.mark[i] = (byte) mark[i];
    }
  }

  static Optional<ByteOrderMark> of(byte[] bytes) {
    return Arrays.stream(values())
        .filter(m -> bytes.length >= m.mark.length)
        .filter(m -> Arrays.equals(m.mark, 0, m.mark.length, bytes, 0, m.mark.length))
        .findFirst();
  }

  Charset charset() {
    return Charset.forName(charset);
  }

  /** Returns the number of the mark's bytes. */
  int length() {
    return mark.length;
  }

  /** Returns whether a text may begin with the mark's bytes in an encoding of single bytes. */
  boolean isShort() {
    return mark.length == 2;
  }
}
