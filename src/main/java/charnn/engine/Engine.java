package charnn.engine;

import charnn.model.Network;

/**
 * A way to compute with a network. Engines agree with each other up to rounding; each is
 * deterministic.
 */
public interface Engine {
  /**
   * Returns a pass over windows of text, with all the memory that it needs.
   *
   * @param network whose parameters are read anew by every call of the pass
   * @param batchSize B
   * @param seqLength T
   * @param dropout applied to the outputs of the LSTM layers in {@link SequencePass#backward}
   */
  SequencePass sequences(Network network, int batchSize, int seqLength, Dropout dropout);

  /**
   * Returns a pass that advances one character at a time, from zero state.
   *
   * @param network whose parameters are read once, now
   * @param streams B, the texts that advance side by side
   */
  InferencePass inference(Network network, int streams);
}
