package charnn.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderMalfunctionError;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * What comes out of bytes when they are decoded, all of them, without keeping the text.
 *
 * @param charset that was tried
 * @param bad bytes that it does not allow
 * @param badSequences of such bytes, each a character that cannot be read
 * @param firstBad offset of the first one, or -1
 * @param nuls characters U+0000
 * @param controls other control characters (C0 and C1) that no plain text has
 * @param upperControls those of them that are C1, which only the encoding makes of a byte
 * @param marks characters U+FEFF
 * @param beyondAscii code points beyond ASCII
 * @param characters UTF-16 units in all
 */
record Trial(
    Charset charset,
    long bad,
    long badSequences,
    int firstBad,
    long nuls,
    long controls,
    long upperControls,
    long marks,
    long beyondAscii,
    long characters) {
  private static final int BUFFER = 1 << 13;

  /** Takes decoded characters as they come. */
  private interface Sink {
    void accept(char[] decoded, int length);

    void bad(int length);
  }

  /** Tries an encoding on bytes from a place on. */
  static Trial of(byte[] bytes, int start, Charset charset) {
    Counter counter = new Counter();
    int firstBad = decode(bytes, start, charset, counter);
    return new Trial(
        charset,
        counter.bad,
        counter.badSequences,
        firstBad,
        counter.nuls,
        counter.controls,
        counter.upperControls,
        counter.marks,
        counter.beyondAscii,
        counter.characters);
  }

  /** Returns characters that are none, or that no plain text has. */
  long damaged() {
    return badSequences + nuls + controls;
  }

  /** Returns whether every byte is a part of a character, and none is a control character. */
  boolean isClean() {
    return bad == 0 && nuls == 0 && controls == 0;
  }

  /**
   * Decodes bytes that may be bad.
   *
   * @param badBytes what to do with them and with NULs; FAIL is no choice here
   */
  static String text(byte[] bytes, int start, Charset charset, BadBytes badBytes) {
    StringBuilder text = new StringBuilder(bytes.length - start);
    Sink sink =
        new Sink() {
          @Override
          public void accept(char[] decoded, int length) {
            for (int i = 0; i < length; i++) {
              if (decoded[i] != 0) {
                text.append(decoded[i]);
              }
            }
          }

          @Override
          public void bad(int length) {
            if (badBytes == BadBytes.REPLACE) {
              text.append('\uFFFD');
            }
          }
        };
    decode(bytes, start, charset, sink);
    return text.toString();
  }

  /** Returns whether a character is a control character that no plain text has. */
  static boolean isStrayControl(char c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') || (c >= 0x7F && c < 0xA0);
  }

  private static final class Counter implements Sink {
    long bad;
    long badSequences;
    long nuls;
    long controls;
    long upperControls;
    long marks;
    long beyondAscii;
    long characters;

    @Override
    public void accept(char[] decoded, int length) {
      characters += length;
      for (int i = 0; i < length; i++) {
        char c = decoded[i];
        if (c >= 0x80 && !Character.isLowSurrogate(c)) {
          beyondAscii++;
        }
        if (isStrayControl(c)) {
          if (c == 0) {
            nuls++;
          } else {
            controls++;
            upperControls += c >= 0x80 ? 1 : 0;
          }
        } else if (c == '\uFEFF') {
          marks++;
        }
      }
    }

    @Override
    public void bad(int length) {
      bad += length;
      badSequences++;
    }
  }

  /** Decodes everything into a sink; returns the offset of the first bad byte, or -1. */
  private static int decode(byte[] bytes, int start, Charset charset, Sink sink) {
    CharsetDecoder decoder =
        Utf32Decoder.of(charset)
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(BUFFER);
    int firstBad = -1;
    while (true) {
      CoderResult result;
      try {
        result = decoder.decode(in, out, true);
      } catch (CoderMalfunctionError e) {
        // Some of Java's rarer decoders stumble over bytes that end too early.
        result = CoderResult.malformedForLength(1);
      }
      sink.accept(out.array(), out.position());
      out.clear();
      if (result.isUnderflow()) {
        decoder.flush(out);
        sink.accept(out.array(), out.position());
        return firstBad;
      }
      if (result.isError()) {
        int length = Math.min(result.length(), in.remaining());
        firstBad = firstBad < 0 ? in.position() : firstBad;
        if (length == 0) {
          return firstBad;
        }
        sink.bad(length);
        in.position(in.position() + length);
      }
    }
  }
}
