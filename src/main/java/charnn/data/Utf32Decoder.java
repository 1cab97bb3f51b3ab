package charnn.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/** Decodes UTF-32. Java's own decoder takes halves of surrogate pairs for characters. */
final class Utf32Decoder extends CharsetDecoder {
  private final ByteOrder order;

  private Utf32Decoder(Charset charset) {
    super(charset, 0.25f, 2);
    order = charset.name().endsWith("LE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** Returns a new decoder of any encoding. */
  static CharsetDecoder of(Charset charset) {
    return charset.name().matches("UTF-32([BL]E)?")
        ? new Utf32Decoder(charset)
        : charset.newDecoder();
  }

  @Override
  protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
    in.order(order);
    while (in.remaining() >= Integer.BYTES) {
      int codePoint = in.getInt(in.position());
      boolean isHalf = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      if (isHalf || !Character.isValidCodePoint(codePoint)) {
        return CoderResult.malformedForLength(Integer.BYTES);
      }
      if (out.remaining() < Character.charCount(codePoint)) {
        return CoderResult.OVERFLOW;
      }
      out.put(Character.toChars(codePoint));
      in.position(in.position() + Integer.BYTES);
    }
    return CoderResult.UNDERFLOW;
  }
}
