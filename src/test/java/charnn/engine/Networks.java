package charnn.engine;

import charnn.data.Batch;
import charnn.nn.CellType;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.SplittableRandom;

/** Networks and batches for tests, from fixed seeds. */
public final class Networks {
  private Networks() {}

  /** Returns an LSTM. */
  public static Network random(int v, int h, int layers, long seed) {
    return random(CellType.LSTM, v, h, layers, seed);
  }

  /** Returns a network whose every parameter, biases too, is random and large enough to matter. */
  public static Network random(CellType cell, int v, int h, int layers, long seed) {
    NetworkSpec architecture = new NetworkSpec(cell, v, h, layers);
    SplittableRandom random = new SplittableRandom(seed);
    float[] parameters = new float[architecture.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (random.nextDouble() * 1.2 - 0.6);
    }
    return new Network(architecture, parameters);
  }

  /** Returns a network of the same weights whose last token is the document mark. */
  public static Network withDocuments(Network network) {
    NetworkSpec spec = network.architecture();
    return new Network(
        new NetworkSpec(spec.cell(), spec.vocabularySize(), spec.hiddenSize(), spec.layers(), true),
        network.parameters());
  }

  /**
   * Returns a batch in which many inputs are the document mark: in the first row all, in the second
   * the first and the last, in the others some.
   */
  public static Batch batchOfDocuments(int batchSize, int seqLength, int v, long seed) {
    Batch batch = randomBatch(batchSize, seqLength, v, seed);
    SplittableRandom random = new SplittableRandom(seed + 2);
    for (int i = 0; i < batch.inputs().length; i++) {
      int row = i % batchSize;
      int t = i / batchSize;
      boolean begins =
          switch (row) {
            case 0 -> batchSize > 1 || t % 3 == 1;
            case 1 -> t == 0 || t == seqLength - 1;
            default -> random.nextDouble() < 0.3;
          };
      batch.inputs()[i] = begins ? v - 1 : random.nextInt(v - 1);
    }
    return batch;
  }

  public static Batch randomBatch(int batchSize, int seqLength, int v, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Batch batch = new Batch(batchSize, seqLength);
    for (int i = 0; i < batch.inputs().length; i++) {
      batch.inputs()[i] = random.nextInt(v);
      batch.targets()[i] = random.nextInt(v);
    }
    return batch;
  }

  /** Returns a batch of whose places some count, the last row's last among them. */
  public static Batch maskedBatch(int batchSize, int seqLength, int v, double share, long seed) {
    Batch batch = randomBatch(batchSize, seqLength, v, seed);
    SplittableRandom random = new SplittableRandom(seed + 1);
    for (int i = 0; i < batch.targets().length - 1; i++) {
      batch.targets()[i] = random.nextDouble() < share ? batch.targets()[i] : Batch.IGNORED;
    }
    return batch;
  }

  /** Returns time steps from to to of a batch. */
  public static Batch slice(Batch batch, int from, int to) {
    Batch slice = new Batch(batch.batchSize(), to - from);
    int offset = from * batch.batchSize();
    System.arraycopy(batch.inputs(), offset, slice.inputs(), 0, slice.inputs().length);
    System.arraycopy(batch.targets(), offset, slice.targets(), 0, slice.targets().length);
    return slice;
  }

  /** Returns a window's loss, without its gradient. */
  public static LossMetrics predict(
      TrainingPass pass, Network network, Batch batch, RecurrentState state) {
    return pass.lossAndGradient(batch, state, 0, new float[network.parameters().length]);
  }

  /**
   * Returns the largest difference between two vectors, relative to the largest value in the
   * second.
   */
  public static double relativeError(float[] actual, float[] expected) {
    double worst = 0;
    double largest = 1e-30;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs((double) actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return worst / largest;
  }
}
