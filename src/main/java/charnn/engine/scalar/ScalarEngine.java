package charnn.engine.scalar;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.engine.Workers;
import charnn.model.Network;

/** The engine of plain loops. */
public final class ScalarEngine implements Engine {
  private final Workers workers;

  /**
   * @param workers that a batch is partitioned over; the result does not depend on their number
   */
  public ScalarEngine(Workers workers) {
    this.workers = workers;
  }

  @Override
  public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new ScalarTrainingPass(network, batchSize, seqLength, dropout, workers);
  }

  @Override
  public InferencePass inference(Network network, int streams) {
    return new ScalarInferencePass(network, streams);
  }
}
