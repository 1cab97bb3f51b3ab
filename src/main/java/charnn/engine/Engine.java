package charnn.engine;

import charnn.nn.Network;

/**
 * A backend that computes with a network. Engines agree with each other up to rounding; each is
 * deterministic.
 */
public interface Engine {
  /**
   * Returns a training pass over windows of text, with all the memory that it needs.
   *
   * @param network whose parameters are read again by every call of the pass
   * @param batchSize B
   * @param seqLength T
   * @param dropout applied to the outputs of the recurrent layers in {@link
   *     TrainingPass#lossAndGradient}
   */
  TrainingPass training(Network network, int batchSize, int seqLength, Dropout dropout);

  /**
   * Returns an inference pass that advances one character at a time, from zero state.
   *
   * @param network whose parameters are read once, now
   * @param streams B, the texts that advance in one batch
   */
  InferencePass inference(Network network, int streams);
}
