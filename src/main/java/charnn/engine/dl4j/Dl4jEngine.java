package charnn.engine.dl4j;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.Footprint;
import charnn.engine.InferencePass;
import charnn.engine.TrainingPass;
import charnn.nn.Network;
import java.util.function.IntFunction;

/** The engine that leaves all computing to DL4J: the independent reference. */
public final class Dl4jEngine implements Engine {
  /** Not measured: taken to be as those of charnn's own engines, with a stash of tanh(c). */
  public static final Footprint FOOTPRINT =
      new Footprint(3, 1, cell -> cell.states() - 1, 8, 32, 15e9, 0, cell -> 1);

  @Override
  public TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new Dl4jTrainingPass(network, batchSize, seqLength, dropout);
  }

  @Override
  public IntFunction<InferencePass> inference(Network network) {
    // DL4J keeps weights and state in one object: each pass has its own.
    return streams -> new Dl4jInferencePass(network, streams);
  }
}
