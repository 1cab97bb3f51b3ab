package charnn.data;

import charnn.util.RandomStreams;
import java.util.SplittableRandom;

/**
 * The textbook variant: every row of every step is a window from a random place, read from zero
 * state.
 */
public final class RandomBatches implements BatchSource {
  private final Tokens text;
  private final long seed;
  private final long stepsPerEpoch;

  /**
   * @param text at least T + 1 tokens
   */
  public RandomBatches(Tokens text, int batchSize, int seqLength, long seed) {
    this.text = text;
    this.seed = seed;
    this.stepsPerEpoch = Math.max(1, text.length() / ((long) batchSize * seqLength));
  }

  @Override
  public boolean nextBatch(long step, Batch batch) {
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.RANDOM_WINDOWS, step);
    for (int b = 0; b < batch.batchSize(); b++) {
      batch.fillRow(b, text, RandomStreams.below(random, text.length() - batch.seqLength()));
    }
    return false;
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }
}
