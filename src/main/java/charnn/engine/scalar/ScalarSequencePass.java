package charnn.engine.scalar;

import static charnn.text.Messages.format;

import charnn.engine.Dropout;
import charnn.engine.SequencePass;
import charnn.engine.Workers;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.model.Score;
import charnn.text.Batch;

/**
 * Cuts a batch into shards of rows, which threads work through. The cut depends on the batch alone, and gradients are summed in the
 * order of the shards, so that the number of threads never changes the result.
 */
final class ScalarSequencePass implements SequencePass {
  private static final int MAX_SHARDS = 8;
  private static final int MIN_SHARD_ROWS = 4;
  private static final int REDUCTION_BLOCK = 1 << 14;

  private final TransposedWeights transposed;
  private final Workers workers;
  private final Dropout dropout;
  private final int batchSize;
  private final int seqLength;
  private final int[] firstRow; // [shards + 1]
  private final LstmStack[] shards;
  private final float[][] gradients; // [shards][parameters]
  private final Score[] scores; // [shards]

  ScalarSequencePass(Network network, int batchSize, int seqLength, Dropout dropout, int threads) {
    this.transposed = new TransposedWeights(network);
    this.workers = new Workers(threads);
    this.dropout = dropout;
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    int count = Math.max(1, Math.min(MAX_SHARDS, batchSize / MIN_SHARD_ROWS));
    firstRow = new int[count + 1];
    shards = new LstmStack[count];
    gradients = new float[count][];
    scores = new Score[count];
    for (int i = 0; i < count; i++) {
      firstRow[i + 1] = (int) ((long) batchSize * (i + 1) / count);
      shards[i] = new LstmStack(network, transposed, firstRow[i + 1] - firstRow[i], seqLength, dropout);
    }
  }

  @Override
  public Score forward(Batch batch, RnnState state) {
    return run(batch, state, Dropout.NONE, 0, false);
  }

  @Override
  public Score backward(Batch batch, RnnState state, long step, float[] gradient) {
    Score score = run(batch, state, dropout, step, true);
    sumGradients(gradient);
    return score;
  }

  private Score run(Batch batch, RnnState state, Dropout dropped, long step, boolean backward) {
    if (batch.batchSize() != batchSize || batch.seqLength() != seqLength || state.batchSize() != batchSize) {
      throw new IllegalArgumentException(
          format("the batch must be %d x %d, got %d x %d", batchSize, seqLength, batch.batchSize(), batch.seqLength()));
    }
    transposed.refresh();
    float factor = 1f / (batchSize * seqLength);
    workers.run(
        shards.length,
        i -> {
          LstmStack shard = shards[i];
          shard.load(state, firstRow[i]);
          shard.forward(batch.inputs(), batchSize, firstRow[i], dropped, step);
          shard.store(state, firstRow[i]);
          scores[i] = shard.score(batch.targets(), batchSize, firstRow[i], factor);
          if (backward) {
            if (gradients[i] == null) {
              gradients[i] = new float[transposed.parameterCount()];
            }
            shard.backward(batch.inputs(), batchSize, firstRow[i], gradients[i]);
          }
        });
    Score sum = Score.NONE;
    for (Score score : scores) {
      sum = sum.plus(score);
    }
    return sum;
  }

  private void sumGradients(float[] gradient) {
    int blocks = (gradient.length + REDUCTION_BLOCK - 1) / REDUCTION_BLOCK;
    workers.run(
        blocks,
        block -> {
          int from = block * REDUCTION_BLOCK;
          int count = Math.min(REDUCTION_BLOCK, gradient.length - from);
          System.arraycopy(gradients[0], from, gradient, from, count);
          for (int i = 1; i < gradients.length; i++) {
            Kernels.add(gradients[i], from, count, gradient, from);
          }
        });
  }

  @Override
  public void close() {
    workers.close();
  }
}
