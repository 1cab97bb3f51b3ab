package charnn.engine.scalar;

import charnn.model.Architecture;
import charnn.model.Network;
import java.util.List;

/**
 * A network's weight matrices the other way round: the weights out of one input are contiguous, as the forward pass reads them.
 * Costs as much memory as the parameters.
 */
final class TransposedWeights {
  private final Network network;

  /** The weights [nIn x columns] of every layer, the output layer last. */
  final float[][] input;

  /** The recurrent weights [H x 4H] of every LSTM layer. */
  final float[][] recurrent;

  TransposedWeights(Network network) {
    this.network = network;
    Architecture architecture = network.architecture();
    List<Architecture.Layer> layout = architecture.parameterLayout();
    input = new float[layout.size()][];
    recurrent = new float[architecture.layers()][architecture.hiddenSize() * 4 * architecture.hiddenSize()];
    for (int l = 0; l < layout.size(); l++) {
      input[l] = new float[layout.get(l).inputSize() * layout.get(l).columns()];
    }
    refresh();
  }

  int parameterCount() {
    return network.parameters().length;
  }

  /** Takes over the parameters as they are now. */
  void refresh() {
    int hiddenSize = network.architecture().hiddenSize();
    List<Architecture.Layer> layout = network.architecture().parameterLayout();
    for (int l = 0; l < layout.size(); l++) {
      Architecture.Layer layer = layout.get(l);
      Kernels.transpose(
          network.parameters(), layer.weights(), layer.inputSize(), layer.columns(), input[l], 0);
      if (l < recurrent.length) {
        Kernels.transpose(
            network.parameters(), layer.recurrent(), hiddenSize, layer.columns(), recurrent[l], 0);
      }
    }
  }
}
