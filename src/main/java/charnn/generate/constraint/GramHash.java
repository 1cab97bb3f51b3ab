package charnn.generate.constraint;

import charnn.data.WhiteSpace;

/**
 * Hash of the last n characters of a text, in which a run of white space counts as one space (Karp
 * and Rabin, "Efficient randomized pattern-matching algorithms", 1987):
 *
 * <pre>
 *   h(c_1 ... c_n) = sum of (c_i + 1) B^(n - i)   modulo 2^64
 * </pre>
 */
final class GramHash {
  private static final long BASE = 0x5851F42D4C957F2DL;

  private final int n;
  private final long power; // B^n
  private final long[] prefixes; // hash of the first i characters, for the last i; circular
  private long count; // characters
  private boolean space; // whether the last one is white space

  /**
   * @param n 1 or more
   * @param back characters that may be taken back
   */
  GramHash(int n, int back) {
    this.n = n;
    prefixes = new long[n + back + 1];
    long product = 1;
    for (int i = 0; i < n; i++) {
      product *= BASE;
    }
    power = product;
  }

  private int index(long number) {
    return (int) (number % prefixes.length);
  }

  private long prefixWith(int codePoint) {
    return prefixes[index(count)] * BASE + (WhiteSpace.is(codePoint) ? ' ' : codePoint) + 1;
  }

  /**
   * Returns whether, if a character followed, there would be n characters that were not the last n
   * before.
   */
  boolean isNewWith(int codePoint) {
    return count + 1 >= n && !(space && WhiteSpace.is(codePoint));
  }

  /** Returns the hash of the last n characters if a character followed; see {@link #isNewWith}. */
  long with(int codePoint) {
    return prefixWith(codePoint) - prefixes[index(count + 1 - n)] * power;
  }

  /** A character follows. */
  void read(int codePoint) {
    boolean isSpace = WhiteSpace.is(codePoint);
    if (!(space && isSpace)) {
      long prefix = prefixWith(codePoint);
      count++;
      prefixes[index(count)] = prefix;
    }
    space = isSpace;
  }

  /** Returns what takes it back to where it is now. */
  Runnable mark() {
    long nowCount = count;
    boolean nowSpace = space;
    return () -> {
      count = nowCount;
      space = nowSpace;
    };
  }
}
