package charnn.generate;

import charnn.util.Setting;

/**
 * Makes repetitions less and less likely (DRY, "don't repeat yourself", as in text-generation-webui
 * and llama.cpp): if the next character would continue a repetition of n characters, n at least the
 * length, its logit falls by
 *
 * <pre>
 *   1.25^(n - length)
 * </pre>
 *
 * A repetition is a suffix of the text that occurs in its last {@value #WINDOW} characters before.
 *
 * @param length of a repetition that is still free, 1 or more
 */
public record Dry(int length) implements SamplingStep {
  private static final double BASE = 1.25;
  private static final double MOST = 1000;

  /** Characters that are remembered. */
  static final int WINDOW = 4096;

  /** Repetitions of more characters are all as unlikely: 1.25^32 is more than the most. */
  private static final int LONGEST = WINDOW + 32;

  /** Characters that matter: a repetition in the window may begin before it. */
  static final int HISTORY = WINDOW + LONGEST;

  public Dry {
    Setting.DRY.require(length);
  }

  @Override
  public Stage stage() {
    return Stage.REPETITION;
  }

  @Override
  public LogitFilter start() {
    return new Filter(length);
  }

  private static final class Filter implements LogitFilter {
    /** Characters that are kept: some of the last ones may be taken back. */
    private static final int KEPT = HISTORY + BacktrackingSampler.WINDOW;

    private final int free;
    private final int[] text = new int[2 * KEPT]; // its end is moved to the front when it is full
    private final int[] matches = new int[WINDOW];
    private int end; // of the text
    private int moved; // characters that the text lost at the front, modulo 2^32

    Filter(int free) {
      this.free = free;
    }

    @Override
    public void apply(float[] logits) {
      int[] longest = new int[logits.length];
      int count = Math.min(WINDOW - 1, end);
      findMatches(count);
      for (int back = 1; back < count; back++) {
        int next = text[end - back];
        longest[next] = Math.max(longest[next], matches[back]);
      }
      for (int token = 0; token < logits.length; token++) {
        if (longest[token] >= free) {
          logits[token] -= (float) Math.min(MOST, StrictMath.pow(BASE, longest[token] - free));
        }
      }
    }

    /**
     * Sets matches[k] to how many characters the text has in common, from the last back, with the
     * text without its last k: the Z-function of the reversed text, in linear time. Matches beyond
     * the history count as ended.
     *
     * @param count of matches, for k from 1
     */
    private void findMatches(int count) {
      int size = Math.min(end, HISTORY);
      int from = 0; // The match that reaches farthest back, ...
      int to = 0; // ... and where it ends.
      for (int k = 1; k < count; k++) {
        int n = k < to ? Math.min(to - k, matches[k - from]) : 0;
        while (k + n < size && text[end - 1 - n] == text[end - 1 - k - n]) {
          n++;
        }
        if (k + n > to) {
          from = k;
          to = k + n;
        }
        matches[k] = n;
      }
    }

    @Override
    public void read(int token) {
      if (end == text.length) {
        System.arraycopy(text, end - KEPT, text, 0, KEPT);
        moved += end - KEPT;
        end = KEPT;
      }
      text[end++] = token;
    }

    @Override
    public Runnable mark() {
      int now = moved + end;
      return () -> end = now - moved;
    }
  }
}
