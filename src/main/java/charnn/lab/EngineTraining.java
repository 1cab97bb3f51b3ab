package charnn.lab;

import charnn.data.Batch;
import charnn.data.BatchSource;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Trains a network of charnn's engine with any of ND4J's optimizers: one rate for all parameters,
 * no warm-up, no weight decay, no dropout.
 */
final class EngineTraining implements AutoCloseable {
  private final Network network;
  private final BatchSource source;
  private final Batch batch;
  private final RecurrentState state;
  private final TrainingPass pass;
  private final Optimizer optimizer;
  private final double maxNorm;
  private final float[] gradient; // in parameter order
  private int step;
  private double norm;

  /**
   * @param network changed in place
   * @param optimizer with its learning rate
   * @param maxNorm that the gradient is clipped to; infinite: not at all
   */
  EngineTraining(
      Engine engine,
      Network network,
      BatchSource source,
      int batchSize,
      int seqLength,
      IUpdater optimizer,
      double maxNorm) {
    this.network = network;
    this.source = source;
    this.maxNorm = maxNorm;
    int parameters = network.parameters().length;
    batch = new Batch(batchSize, seqLength);
    state = new RecurrentState(network.architecture(), batchSize);
    pass = engine.training(network, batchSize, seqLength, Dropout.NONE);
    gradient = new float[parameters];
    this.optimizer = new Optimizer(optimizer, parameters);
  }

  /** Makes one step, and returns the loss before it. */
  LossMetrics step() {
    if (!source.nextBatch(step, batch)) {
      state.reset();
    }
    LossMetrics loss = pass.lossAndGradient(batch, state, step, gradient);
    double squares = 0;
    for (float g : gradient) {
      squares += (double) g * g;
    }
    norm = Math.sqrt(squares);
    float clip = norm > maxNorm ? (float) (maxNorm / norm) : 1;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= clip;
    }
    optimizer.update(network.parameters(), gradient);
    step++;
    return loss;
  }

  /** Returns the norm of the latest gradient, before it was clipped. */
  double gradientNorm() {
    return norm;
  }

  @Override
  public void close() {
    pass.close();
  }
}
