package charnn.engine.dl4j;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.TrainingPass;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import charnn.util.RandomStreams;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Training windows computed by DL4J. Its truncated BPTT treats every window as if it began from
 * zero state, which is wrong for carried state; so gradients are refused there.
 */
final class Dl4jTrainingPass implements TrainingPass {
  private final Network network;
  private final Dropout dropout;
  private final MultiLayerNetwork dl4j;
  private final int batchSize;
  private final int seqLength;
  private final Dl4jStates states;

  Dl4jTrainingPass(Network network, int batchSize, int seqLength, Dropout dropout) {
    this.network = network;
    this.dropout = dropout;
    this.batchSize = batchSize;
    this.seqLength = seqLength;
    this.states = new Dl4jStates(network.architecture());
    this.dl4j = Dl4jNetworks.create(network, dropout);
  }

  /** Returns a window's loss, without dropout; the state may be carried. */
  LossMetrics loss(Batch batch, RecurrentState state) {
    TrainingPass.requireShape(batch, state, batchSize, seqLength);
    Dl4jNetworks.setParameters(dl4j, network);
    states.set(dl4j, state);
    INDArray probabilities = dl4j.rnnTimeStep(inputs(batch)); // [B, V, T]
    states.get(dl4j, state);
    return score(probabilities, batch);
  }

  @Override
  public LossMetrics lossAndGradient(
      Batch batch, RecurrentState state, long step, float[] gradient) {
    if (!state.isZero()) {
      throw new IllegalArgumentException(
          "DL4J's gradient is right only for windows from zero state");
    }
    LossMetrics score = loss(batch, state);
    Nd4j.getRandom().setSeed(RandomStreams.mix(dropout.seed(), step));
    dl4j.rnnClearPreviousState();
    dl4j.setInput(inputs(batch));
    setLabels(batch);
    dl4j.computeGradientAndScore();
    // DL4J sums over time and batch here; its own updater divides by the batch only.
    float[] sums = dl4j.getFlattenedGradients().dup().data().asFloat();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = sums[i] / Math.max(1, batch.counted());
    }
    return dropout.isActive()
        ? new LossMetrics(dl4j.score() * batchSize, score.correct(), score.characters())
        : score;
  }

  /** Ignored places have any label, and are left out by the mask [B, T]. */
  private void setLabels(Batch batch) {
    int[] labels = batch.targets().clone();
    float[] mask = new float[labels.length];
    for (int s = 0; s < labels.length; s++) {
      boolean counts = labels[s] != Batch.IGNORED;
      mask[s] = counts ? 1 : 0;
      labels[s] = counts ? labels[s] : 0;
    }
    int v = network.architecture().vocabularySize();
    dl4j.setLabels(Dl4jNetworks.oneHot(labels, batchSize, v, seqLength));
    dl4j.setLayerMaskArrays(null, Nd4j.create(mask, new int[] {batchSize, seqLength}, 'f'));
  }

  private INDArray inputs(Batch batch) {
    return Dl4jNetworks.oneHot(
        batch.inputs(), batchSize, network.architecture().vocabularySize(), seqLength);
  }

  private LossMetrics score(INDArray probabilities, Batch batch) {
    int v = network.architecture().vocabularySize();
    float[] p = probabilities.dup('f').data().asFloat();
    double loss = 0;
    long correct = 0;
    for (int s = 0; s < batch.targets().length; s++) {
      if (batch.targets()[s] == Batch.IGNORED) {
        continue;
      }
      int offset = s % batchSize + batchSize * v * (s / batchSize);
      int best = 0;
      for (int k = 1; k < v; k++) {
        best = p[offset + batchSize * k] > p[offset + batchSize * best] ? k : best;
      }
      loss -= Math.log(Math.max(p[offset + batchSize * batch.targets()[s]], Float.MIN_NORMAL));
      correct += best == batch.targets()[s] ? 1 : 0;
    }
    return new LossMetrics(loss, correct, batch.counted());
  }

  @Override
  public void close() {
    dl4j.close();
  }
}
