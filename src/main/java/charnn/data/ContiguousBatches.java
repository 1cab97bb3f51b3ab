package charnn.data;

import charnn.util.RandomStreams;
import java.util.SplittableRandom;

/**
 * B parallel contiguous streams: the text, whose end is joined to its beginning, is cut into B
 * streams of equal length; row b reads stream b, window after window. Each epoch starts at a random
 * offset into the text, so that no window begins where one began before, and from zero state.
 */
public final class ContiguousBatches implements BatchSource {
  private final Tokens text;
  private final long seed;
  private final long stepsPerEpoch;
  private final int batchSize;
  private final int seqLength;
  private final long[] cuts;

  /**
   * @param text at least T + 1 tokens
   */
  public ContiguousBatches(Tokens text, int batchSize, int seqLength, long seed) {
    this.text = text;
    this.seed = seed;
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    this.cuts = text.cuts();
    this.stepsPerEpoch = Math.max(1, text.length() / batchSize / seqLength);
  }

  @Override
  public boolean nextBatch(long step, Batch batch) {
    long offset = offset(step);
    for (int b = 0; b < batch.batchSize(); b++) {
      long start = start(offset, b);
      batch.fillRow(b, text, start);
      if (cuts.length > 0) {
        batch.ignoreAfterCut(b, start, cuts, text.length());
      }
    }
    return step % stepsPerEpoch != 0;
  }

  @Override
  public boolean isCut(long step, int row) {
    if (cuts.length == 0 || step % stepsPerEpoch == 0) {
      return false;
    }
    long before = start(offset(step - 1), row);
    return Batch.isCut(before, before + seqLength, cuts, text.length());
  }

  private long offset(long step) {
    long epoch = step / stepsPerEpoch;
    long window = step % stepsPerEpoch;
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.STREAMS, epoch);
    return RandomStreams.below(random, text.length()) + window * seqLength;
  }

  /** Returns where a row starts, from the offset of the first. */
  private long start(long offset, int row) {
    long stream = row * text.length() / batchSize;
    return (offset + stream) % text.length();
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }
}
