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

  /**
   * @param text at least T + 1 tokens
   */
  public ContiguousBatches(Tokens text, int batchSize, int seqLength, long seed) {
    this.text = text;
    this.seed = seed;
    this.stepsPerEpoch = Math.max(1, text.length() / batchSize / seqLength);
  }

  @Override
  public boolean nextBatch(long step, Batch batch) {
    long epoch = step / stepsPerEpoch;
    long window = step % stepsPerEpoch;
    long length = text.length();
    SplittableRandom random = RandomStreams.random(seed, RandomStreams.STREAMS, epoch);
    long offset = RandomStreams.below(random, length) + window * batch.seqLength();
    for (int b = 0; b < batch.batchSize(); b++) {
      long stream = b * length / batch.batchSize();
      batch.fillRow(b, text, (offset + stream) % length);
    }
    return window != 0;
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }
}
