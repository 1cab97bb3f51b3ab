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
    private final int free;
    private final int[] text = new int[WINDOW]; // a ring; character i at i % WINDOW

    /**
     * For each position of the ring, how many characters before it, and with it, equal the end of
     * the text.
     */
    private final int[] matches = new int[WINDOW];

    private long end; // characters so far

    Filter(int free) {
      this.free = free;
    }

    @Override
    public void apply(float[] logits) {
      int[] longest = new int[logits.length];
      for (long i = Math.max(0, end - WINDOW + 1); i + 1 < end; i++) {
        int next = text[(int) ((i + 1) % WINDOW)];
        longest[next] = Math.max(longest[next], matches[(int) (i % WINDOW)]);
      }
      for (int token = 0; token < logits.length; token++) {
        if (longest[token] >= free) {
          logits[token] -= (float) Math.min(MOST, StrictMath.pow(BASE, longest[token] - free));
        }
      }
    }

    @Override
    public void read(int token) {
      // matches[i] = text[i] is the new character ? matches[i - 1] + 1 : 0, from the last back.
      for (long i = end - 1; i >= Math.max(0, end - WINDOW + 1); i--) {
        int before = i == 0 ? 0 : matches[(int) ((i - 1) % WINDOW)];
        matches[(int) (i % WINDOW)] = text[(int) (i % WINDOW)] == token ? before + 1 : 0;
      }
      int at = (int) (end % WINDOW);
      text[at] = token;
      matches[at] = 0; // itself is no repetition
      end++;
    }
  }
}
