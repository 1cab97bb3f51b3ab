package charnn.engine.scalar;

import charnn.engine.Dropout;
import charnn.engine.Engine;
import charnn.engine.InferencePass;
import charnn.engine.SequencePass;
import charnn.model.Network;

/** The engine of plain loops. */
public final class ScalarEngine implements Engine {
  private final int threads;

  /**
   * @param threads how many threads share a batch, 1 or more; the result does not depend on it
   */
  public ScalarEngine(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("--threads must be 1 or more, got " + threads);
    }
    this.threads = threads;
  }

  @Override
  public SequencePass sequences(Network network, int batchSize, int seqLength, Dropout dropout) {
    return new ScalarSequencePass(network, batchSize, seqLength, dropout, threads);
  }

  @Override
  public InferencePass inference(Network network, int streams) {
    return new ScalarInferencePass(network, streams);
  }
}
