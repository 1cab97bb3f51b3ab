package charnn.engine.reference;

import charnn.engine.Dropout;
import charnn.engine.InferencePass;
import charnn.nn.Clamp;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.List;

/** Inference as a window of one time step, again and again. */
final class ReferenceInferencePass implements InferencePass {
  private final LayerStack stack;
  private final RecurrentState state;
  private final int streams;

  /**
   * @param weights read only
   * @param clamps units that are held at values
   */
  ReferenceInferencePass(
      NetworkSpec architecture, Weights weights, int streams, List<Clamp> clamps) {
    this.streams = streams;
    this.state = new RecurrentState(architecture, streams);
    this.stack = new LayerStack(architecture, weights, streams, 1, 0, Dropout.NONE, clamps);
  }

  /** Returns the layers, which still have what the last step's cells did. */
  LayerStack stack() {
    return stack;
  }

  @Override
  public void step(int[] characters, float[] logits) {
    stack.load(state, 0);
    stack.forward(characters, streams, 0, Dropout.NONE, 0);
    stack.store(state, 0);
    stack.copyLogits(logits);
  }

  @Override
  public void save(int stream, RecurrentState to) {
    to.copyRow(0, state, stream);
  }

  @Override
  public void load(int stream, RecurrentState from) {
    state.copyRow(stream, from, 0);
  }
}
