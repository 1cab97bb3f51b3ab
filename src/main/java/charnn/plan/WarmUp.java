package charnn.plan;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.TrainingPass;
import charnn.engine.registry.EngineType;
import charnn.nn.CellType;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;

/**
 * Trains a network that nobody needs, in the background, until closed: the JIT compiler gets to
 * work on the engine's loops while the text is still read. Otherwise a run of a few seconds spends
 * a quarter of its time, or on a busy machine half of it, on its first step. The loops are the same
 * for all shapes; what is compiled does not change what they compute.
 */
public final class WarmUp implements AutoCloseable {
  static final String THREAD = "charnn-warm-up";

  private volatile boolean closed;

  private WarmUp() {}

  /**
   * Begins, if the run is so short that a second matters, and may use more than one thread.
   *
   * @param cell of the run
   * @param length of the run
   * @param workers of the run
   */
  public static WarmUp start(EngineType kind, CellType cell, RunLength length, ThreadTeam workers) {
    WarmUp warmUp = new WarmUp();
    if (length instanceof RunLength.Time time
        && !Planner.isWorthMeasuring(time)
        && workers.count() > 1) {
      Thread thread = new Thread(() -> warmUp.run(kind, new NetworkSpec(cell, 64, 128, 1)), THREAD);
      // Not reported: training itself will meet the same.
      thread.setUncaughtExceptionHandler((ended, failure) -> {});
      thread.setDaemon(true);
      thread.start();
    }
    return warmUp;
  }

  private void run(EngineType kind, NetworkSpec architecture) {
    int batchSize = HyperparameterAdvisor.batchSize(architecture.hiddenSize());
    Batch batch = new Batch(batchSize, HyperparameterAdvisor.SEQ_LENGTH);
    Network network = Network.initialised(architecture, 0);
    float[] gradient = new float[network.parameters().length];
    try (ThreadTeam alone = new ThreadTeam(1)) {
      Engine engine = kind.create(alone);
      try (TrainingPass pass =
          engine.training(network, batchSize, HyperparameterAdvisor.SEQ_LENGTH, Dropout.NONE)) {
        while (!closed) {
          pass.lossAndGradient(batch, new RecurrentState(architecture, batchSize), 0, gradient);
        }
      }
    }
  }

  /** Ends it after the pass in progress, and does not wait for that. */
  @Override
  public void close() {
    closed = true;
  }
}
