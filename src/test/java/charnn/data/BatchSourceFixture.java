package charnn.data;

import java.util.Arrays;

/** Texts whose every character is its own place, so that a window shows where it was read from. */
final class BatchSourceFixture {
  private BatchSourceFixture() {}

  static Tokens places(int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) i;
    }
    return Tokens.of(text);
  }

  static Batch fill(BatchSource windows, long step, int batchSize, int seqLength) {
    Batch batch = new Batch(batchSize, seqLength);
    Arrays.fill(batch.inputs(), -1);
    Arrays.fill(batch.targets(), -1);
    windows.nextBatch(step, batch);
    return batch;
  }

  static int input(Batch batch, int b, int t) {
    return batch.inputs()[t * batch.batchSize() + b];
  }

  static int target(Batch batch, int b, int t) {
    return batch.targets()[t * batch.batchSize() + b];
  }
}
