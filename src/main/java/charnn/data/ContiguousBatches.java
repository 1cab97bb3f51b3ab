package charnn.data;

import charnn.util.RandomStreams;

/**
 * B parallel contiguous streams: the text, whose end is joined to its beginning, is cut into B
 * streams of equal length; row b reads stream b, window after window. Each epoch starts at a random
 * offset into the text, so that no window begins where one began before, and from zero state.
 */
public final class ContiguousBatches implements BatchSource {
  private final char[] text;
  private final long seed;
  private final long stepsPerEpoch;

  /**
   * @param text at least T + 1 indices
   */
  public ContiguousBatches(char[] text, int batchSize, int seqLength, long seed) {
    this.text = text;
    this.seed = seed;
    this.stepsPerEpoch = Math.max(1, text.length / batchSize / seqLength);
  }

  @Override
  public boolean nextBatch(long step, Batch batch) {
    long epoch = step / stepsPerEpoch;
    long window = step % stepsPerEpoch;
    long offset =
        RandomStreams.random(seed, RandomStreams.STREAMS, epoch).nextInt(text.length)
            + window * batch.seqLength();
    for (int b = 0; b < batch.batchSize(); b++) {
      long stream = (long) b * text.length / batch.batchSize();
      batch.fillRow(b, text, (int) ((offset + stream) % text.length));
    }
    return window != 0;
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }
}
