package charnn.engine.dl4j;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.nn.Network;

/** The engine that leaves all computing to DL4J: the independent reference. */
public final class Dl4jEngine implements Engine {
  @Override
  public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new Dl4jTrainingPass(network, batchSize, seqLength, dropout);
  }

  @Override
  public InferencePass inference(Network network, int streams) {
    return new Dl4jInferencePass(network, streams);
  }
}
