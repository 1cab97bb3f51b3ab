package charnn.data.cache;

import charnn.data.Tokens;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;

/** Token ids in files that are mapped into memory. */
final class MappedTokens {
  private MappedTokens() {}

  /**
   * Returns tokens.
   *
   * @param segments of the file, each of 2^bits bytes but the last
   * @param width bytes of a symbol: 1, or 2 or 4, the lower ones first
   * @param length symbols
   * @param ids token id of each symbol
   */
  static Tokens of(ByteBuffer[] segments, int bits, int width, long length, int[] ids) {
    if (width == 1) {
      return new Narrow(segments, bits, length, ids);
    }
    if (width == 4) {
      IntBuffer[] widest = new IntBuffer[segments.length];
      for (int i = 0; i < widest.length; i++) {
        widest[i] = segments[i].asIntBuffer();
      }
      return new Widest(widest, bits - 2, length, ids);
    }
    CharBuffer[] wide = new CharBuffer[segments.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = segments[i].asCharBuffer();
    }
    return new Wide(wide, bits - 1, length, ids);
  }

  /** One byte each. */
  private record Narrow(ByteBuffer[] segments, int bits, long length, int[] ids) implements Tokens {
    @Override
    public int at(long index) {
      return ids[segments[(int) (index >>> bits)].get((int) index & (1 << bits) - 1) & 0xFF];
    }
  }

  /** Four bytes each: of more characters than a vocabulary has. */
  private record Widest(IntBuffer[] segments, int bits, long length, int[] ids) implements Tokens {
    @Override
    public int at(long index) {
      return ids[segments[(int) (index >>> bits)].get((int) index & (1 << bits) - 1)];
    }
  }

  /** Two bytes each. */
  private record Wide(CharBuffer[] segments, int bits, long length, int[] ids) implements Tokens {
    @Override
    public int at(long index) {
      return ids[segments[(int) (index >>> bits)].get((int) index & (1 << bits) - 1)];
    }
  }
}
