package charnn.data;

import charnn.util.RandomStreams;
import java.util.SplittableRandom;

/**
 * The textbook variant: every row of every step is a window from a random place, read from zero
 * state.
 */
public final class RandomBatches implements BatchSource {
  private static final int MOST_TRIES = 100;

  private final Tokens text;
  private final long seed;
  private final long stepsPerEpoch;
  private final long[] cuts;

  /**
   * @param text at least T + 1 tokens
   */
  public RandomBatches(Tokens text, int batchSize, int seqLength, long seed) {
    this.text = text;
    this.cuts = text.cuts();
    this.seed = seed;
    this.stepsPerEpoch = Math.max(1, text.length() / ((long) batchSize * seqLength));
  }

  @Override
  public boolean nextBatch(long step, Batch batch) {
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.RANDOM_WINDOWS, step);
    for (int b = 0; b < batch.batchSize(); b++) {
      long start = RandomStreams.below(random, text.length() - batch.seqLength());
      if (cuts.length > 0) {
        start = withoutCut(random, start, batch.seqLength());
      }
      batch.fillRow(b, text, start);
      if (cuts.length > 0) {
        batch.ignoreAfterCut(b, start, cuts, text.length());
      }
    }
    return false;
  }

  /** Returns another start where there is a cut in the window, if one is found soon. */
  private long withoutCut(SplittableRandom random, long first, int seqLength) {
    long start = first;
    for (int i = 0;
        i < MOST_TRIES && Batch.isCut(start, start + seqLength, cuts, text.length());
        i++) {
      start = RandomStreams.below(random, text.length() - seqLength);
    }
    return start;
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }
}
