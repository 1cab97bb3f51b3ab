package charnn.engine.scalar;

import charnn.engine.Dropout;
import charnn.engine.InferencePass;
import charnn.model.Network;
import charnn.model.RnnState;

/** Inference as a window of one time step, again and again. */
final class ScalarInferencePass implements InferencePass {
  private final LstmStack stack;
  private final RnnState state;
  private final int streams;

  ScalarInferencePass(Network network, int streams) {
    this.streams = streams;
    this.state = new RnnState(network.architecture(), streams);
    this.stack = new LstmStack(network, new Weights(network), streams, 1, Dropout.NONE);
  }

  @Override
  public void step(int[] characters, float[] logits) {
    stack.load(state, 0);
    stack.forward(characters, streams, 0, Dropout.NONE, 0);
    stack.store(state, 0);
    stack.copyLogits(logits);
  }

  @Override
  public void reset() {
    state.reset();
  }
}
