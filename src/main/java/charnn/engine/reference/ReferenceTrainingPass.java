package charnn.engine.reference;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.TrainingPass;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.Arrays;

/**
 * Parallelises a batch over shards of rows. The partition depends on the batch size alone, and
 * gradients are summed in the order of the shards, so results are bit-identical for any number of
 * threads.
 */
final class ReferenceTrainingPass implements TrainingPass {
  private static final int MAX_SHARDS = 8;
  private static final int MIN_SHARD_ROWS = 4;

  private final Weights weights;
  private final ThreadTeam workers;
  private final Dropout dropout;
  private final int batchSize;
  private final int seqLength;
  private final int[] firstRow; // [shards + 1]
  private final LayerStack[] shards;
  private final Gradients[] gradients; // of each shard
  private final LossMetrics[] scores; // of each shard

  ReferenceTrainingPass(
      Network network, int batchSize, int seqLength, Dropout dropout, ThreadTeam workers) {
    this.weights = new Weights(network);
    this.workers = workers;
    this.dropout = dropout;
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    int count = Math.max(1, Math.min(MAX_SHARDS, batchSize / MIN_SHARD_ROWS));
    firstRow = new int[count + 1];
    shards = new LayerStack[count];
    gradients = new Gradients[count];
    scores = new LossMetrics[count];
    for (int i = 0; i < count; i++) {
      firstRow[i + 1] = (int) ((long) batchSize * (i + 1) / count);
      shards[i] =
          new LayerStack(
              network.architecture(),
              weights,
              firstRow[i + 1] - firstRow[i],
              seqLength,
              CellType.LEAK,
              dropout);
      gradients[i] = new Gradients(network.architecture());
    }
  }

  @Override
  public LossMetrics lossAndGradient(
      Batch batch, RecurrentState state, long step, float[] gradient) {
    TrainingPass.requireShape(batch, state, batchSize, seqLength);
    weights.refresh();
    float factor = 1f / batch.counted();
    workers.run(
        shards.length,
        i -> {
          LayerStack shard = shards[i];
          shard.load(state, firstRow[i]);
          shard.forward(batch.inputs(), batchSize, firstRow[i], dropout, step);
          shard.store(state, firstRow[i]);
          scores[i] = shard.lossAndLogitsGradient(batch.targets(), batchSize, firstRow[i], factor);
          shard.backward(batch.inputs(), batchSize, firstRow[i], gradients[i]);
        });
    Arrays.fill(gradient, 0);
    workers.run(
        weights.byInput.length,
        layer -> {
          for (Gradients shard : gradients) {
            shard.addTo(gradient, layer);
          }
        });
    LossMetrics sum = LossMetrics.NONE;
    for (LossMetrics score : scores) {
      sum = sum.plus(score);
    }
    return sum;
  }
}
