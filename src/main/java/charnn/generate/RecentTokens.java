package charnn.generate;

import java.util.Arrays;

/** The characters that a text has read last: enough of them for all that looks back. */
final class RecentTokens {
  /** How many are kept at least. */
  static final int COUNT = Dry.HISTORY;

  /** Those that may be taken back are kept beside them. */
  private static final int KEPT = COUNT + BacktrackingSampler.WINDOW;

  private static final int AT_FIRST = 64;

  private int[] tokens; // grows up to 2 KEPT; then the end is moved to the front when it is full
  private int end;
  private long total;

  RecentTokens() {
    this(new int[AT_FIRST], 0);
  }

  private RecentTokens(int[] tokens, int end) {
    this.tokens = tokens;
    this.end = end;
    total = end;
  }

  /** Returns another one that has read the same, as far as that is kept. */
  RecentTokens copy() {
    return new RecentTokens(tokens.clone(), end);
  }

  void add(int token) {
    if (end == 2 * KEPT) {
      System.arraycopy(tokens, end - KEPT, tokens, 0, KEPT);
      end = KEPT;
    } else if (end == tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.min(2 * KEPT, 2 * end));
    }
    tokens[end++] = token;
    total++;
  }

  /** Returns what takes the last characters back, so that it is where it is now. */
  Runnable mark() {
    long now = total;
    return () -> {
      end -= (int) (total - now);
      total = now;
    };
  }

  /** Returns the last characters, {@link #COUNT} of them or all that were read. */
  int[] last() {
    return Arrays.copyOfRange(tokens, Math.max(0, end - COUNT), end);
  }
}
