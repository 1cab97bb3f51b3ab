package charnn.engine.simd;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.engine.Workers;
import charnn.model.Network;

/** The fast engine. Loading it needs the module {@code jdk.incubator.vector}. */
public final class SimdEngine implements Engine {
  private final Workers workers;

  /**
   * @param workers share a batch; the result does not depend on their number
   */
  public SimdEngine(Workers workers) {
    this.workers = workers;
  }

  /** Tells whether this machine's vectors are long enough: of four numbers or more. */
  public static boolean isSupported() {
    return Simd.PANEL >= Simd.GROUP;
  }

  @Override
  public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new SimdTrainingPass(network, batchSize, seqLength, dropout, workers);
  }

  @Override
  public InferencePass inference(Network network, int streams) {
    return new SimdInferencePass(network, streams, workers);
  }
}
