package charnn.eval;

import charnn.data.Tokens;
import java.util.Arrays;

/**
 * The tokens of a long text without those of unknown characters. For each block of the text it is
 * kept how many known ones stand before it: 8 bytes for each {@value #BLOCK} characters.
 *
 * @param text with unknown ones
 * @param unknown their id
 * @param before known tokens before each block, and at the end all
 */
record KnownTokens(Tokens text, int unknown, long[] before) implements Tokens {
  private static final int BLOCK = 4096;

  /** So many tokens are copied: each of them is found at once. */
  private static final long MOST_COPIED = 1 << 25;

  /**
   * Returns the known tokens of a text.
   *
   * @param unknown id of the others
   */
  static Tokens of(Tokens text, int unknown) {
    long[] before = new long[Math.toIntExact((text.length() + BLOCK - 1) / BLOCK) + 1];
    long known = 0;
    for (int block = 0; block < before.length - 1; block++) {
      before[block] = known;
      long end = Math.min(text.length(), (block + 1L) * BLOCK);
      for (long i = (long) block * BLOCK; i < end; i++) {
        known += text.at(i) == unknown ? 0 : 1;
      }
    }
    before[before.length - 1] = known;
    KnownTokens tokens = new KnownTokens(text, unknown, before);
    if (known == text.length()) {
      return text;
    }
    if (known > MOST_COPIED) {
      return tokens;
    }
    char[] copied = new char[(int) known];
    int n = 0;
    for (long i = 0; i < text.length(); i++) {
      int token = text.at(i);
      if (token != unknown) {
        copied[n++] = (char) token;
      }
    }
    return Tokens.of(copied);
  }

  @Override
  public long length() {
    return before[before.length - 1];
  }

  @Override
  public int at(long index) {
    int block = Arrays.binarySearch(before, index);
    block = block < 0 ? -block - 2 : block;
    while (before[block + 1] == index) {
      block++; // Those before it have none.
    }
    long at = (long) block * BLOCK;
    for (long left = index - before[block]; ; at++) {
      int token = text.at(at);
      if (token != unknown && left-- == 0) {
        return token;
      }
    }
  }
}
