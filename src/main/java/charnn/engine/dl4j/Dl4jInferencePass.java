package charnn.engine.dl4j;

import charnn.engine.Dropout;
import charnn.engine.InferencePass;
import charnn.nn.Network;
import charnn.nn.RecurrentState;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One character at a time through DL4J's {@code rnnTimeStep}. */
final class Dl4jInferencePass implements InferencePass {
  private final MultiLayerNetwork dl4j;
  private final int streams;
  private final int vocabularySize;
  private final Dl4jStates states;
  private boolean stepped; // There is a state.

  Dl4jInferencePass(Network network, int streams) {
    this.streams = streams;
    this.vocabularySize = network.architecture().vocabularySize();
    this.states = new Dl4jStates(network.architecture());
    this.dl4j = Dl4jNetworks.create(network, Dropout.NONE);
  }

  @Override
  public void step(int[] characters, float[] logits) {
    stepped = true;
    INDArray probabilities =
        dl4j.rnnTimeStep(Dl4jNetworks.oneHot(characters, streams, vocabularySize, 1)); // [B, V, 1]
    float[] p = probabilities.dup('c').data().asFloat();
    for (int i = 0; i < logits.length; i++) {
      // A softmax layer keeps its logits to itself; the logarithm of its output differs from them
      // by a constant.
      logits[i] = (float) Math.log(Math.max(p[i], Float.MIN_NORMAL));
    }
  }

  @Override
  public void save(int stream, RecurrentState to) {
    to.copyRow(0, state(), stream);
  }

  @Override
  public void load(int stream, RecurrentState from) {
    RecurrentState state = state();
    state.copyRow(stream, from, 0);
    states.set(dl4j, state);
    stepped = true;
  }

  private RecurrentState state() {
    RecurrentState state = new RecurrentState(states.architecture(), streams);
    if (stepped) {
      states.get(dl4j, state);
    }
    return state;
  }
}
