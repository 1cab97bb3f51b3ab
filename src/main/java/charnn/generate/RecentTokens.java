package charnn.generate;

import java.util.Arrays;

/** The characters that a text has read last: enough of them for all that looks back. */
final class RecentTokens {
  /** How many are kept at least. */
  static final int COUNT = Dry.HISTORY;

  /** Those that a stop rule or a constraint takes back are kept beside them. */
  private static final int KEPT = COUNT + 1024;

  private final int[] tokens = new int[2 * KEPT]; // the end is moved to the front when it is full
  private int end;
  private long total;

  void add(int token) {
    if (end == tokens.length) {
      System.arraycopy(tokens, end - KEPT, tokens, 0, KEPT);
      end = KEPT;
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

  /** Returns how many characters were added. */
  long total() {
    return total;
  }

  /**
   * Returns the last of the first {@code until} characters, {@link #COUNT} of them or all that are
   * kept.
   */
  int[] until(long until) {
    int to = Math.max(0, end - (int) Math.min(end, total - until));
    return Arrays.copyOfRange(tokens, Math.max(0, to - COUNT), to);
  }
}
