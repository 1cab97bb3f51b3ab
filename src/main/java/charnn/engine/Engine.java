package charnn.engine;

import charnn.nn.Clamp;
import charnn.nn.Network;
import java.util.List;
import java.util.function.IntFunction;

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
   * Returns a maker of inference passes that advance one character at a time, from zero state. They
   * share one copy of the weights, where the engine has its own, and may be used by a thread each.
   *
   * @param network whose parameters are read once, now, and do not change while passes are made
   * @return makes a pass for B texts that advance in one batch
   */
  IntFunction<InferencePass> inference(Network network);

  /**
   * As {@link #inference(Network)}, with units held at values.
   *
   * @throws UnsupportedOperationException if the engine holds no unit, and one is to be held
   */
  default IntFunction<InferencePass> inference(Network network, List<Clamp> clamps) {
    if (!clamps.isEmpty()) {
      throw new UnsupportedOperationException("the engine holds no unit at a value");
    }
    return inference(network);
  }

  /**
   * Returns an inference pass of one text that shows what its cells do.
   *
   * @param network whose parameters are read once, now
   * @throws UnsupportedOperationException if the engine does not know
   */
  default InferencePass recording(Network network, ActivationSink sink) {
    throw new UnsupportedOperationException("the engine does not show what its cells do");
  }

  /**
   * Returns one inference pass.
   *
   * @param network whose parameters are read once, now
   * @param streams B, the texts that advance in one batch
   */
  default InferencePass inference(Network network, int streams) {
    return inference(network).apply(streams);
  }
}
