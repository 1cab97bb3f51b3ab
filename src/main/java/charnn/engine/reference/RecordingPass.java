package charnn.engine.reference;

import charnn.engine.ActivationSink;
import charnn.engine.InferencePass;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.List;

/** Inference that shows what the cells do. */
final class RecordingPass implements InferencePass {
  private final ReferenceInferencePass pass;
  private final ActivationSink sink;
  private final int layers;
  private final float[][] gates; // [G][H] of a layer
  private final float[][] states; // [S][H]

  RecordingPass(Network network, ActivationSink sink) {
    NetworkSpec architecture = network.architecture();
    pass = new ReferenceInferencePass(architecture, new Weights(network), 1, List.of());
    this.sink = sink;
    layers = architecture.layers();
    gates = new float[architecture.cell().gates()][architecture.hiddenSize()];
    states = new float[architecture.cell().states()][architecture.hiddenSize()];
  }

  @Override
  public void step(int[] characters, float[] logits) {
    pass.step(characters, logits);
    for (int l = 0; l < layers; l++) {
      pass.stack().layer(l).copyActivations(0, gates, states);
      sink.activated(l, gates, states);
    }
  }

  @Override
  public void save(int stream, RecurrentState to) {
    pass.save(stream, to);
  }

  @Override
  public void load(int stream, RecurrentState from) {
    pass.load(stream, from);
  }
}
