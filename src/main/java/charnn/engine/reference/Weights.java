package charnn.engine.reference;

import charnn.nn.Network;
import charnn.nn.ParameterLayout;

/**
 * A network's parameters as matrices of rows, twice: by input for the forward pass, and by column
 * (transposed) for the backward pass. They take twice the memory of the parameters.
 */
final class Weights {
  private final Network network;
  private final ParameterLayout layout;

  // For each layer, the output layer last:
  final float[][][] byInput; // [nIn][columns]
  final float[][][] byColumn; // [columns][nIn]
  final float[][] bias; // [columns]

  // For each recurrent layer:
  final float[][][] recurrentByInput; // [H][G H]
  final float[][][] recurrentByColumn; // [G H][H]

  Weights(Network network) {
    this.network = network;
    this.layout = network.architecture().parameterLayout();
    int layers = network.architecture().layers();
    byInput = new float[layers + 1][][];
    byColumn = new float[layers + 1][][];
    bias = new float[layers + 1][];
    recurrentByInput = new float[layers][][];
    recurrentByColumn = new float[layers][][];
    for (int l = 0; l <= layers; l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      byInput[l] = new float[layer.spec().inputSize()][layer.spec().columns()];
      byColumn[l] = new float[layer.spec().columns()][layer.spec().inputSize()];
      bias[l] = new float[layer.spec().columns()];
      if (l < layers) {
        recurrentByInput[l] = new float[layer.spec().recurrentInputs()][layer.spec().columns()];
        recurrentByColumn[l] = new float[layer.spec().columns()][layer.spec().recurrentInputs()];
      }
    }
    refresh();
  }

  /** Copies the parameters as they are now. */
  void refresh() {
    for (int l = 0; l < layout.layers().size(); l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      copy(layer.weights(), byColumn[l], byInput[l]);
      System.arraycopy(network.parameters(), layer.bias(), bias[l], 0, layer.spec().columns());
      if (l < recurrentByColumn.length) {
        copy(layer.recurrent(), recurrentByColumn[l], recurrentByInput[l]);
      }
    }
  }

  /** Copies a column-major matrix from the flat parameters. */
  private void copy(int from, float[][] columns, float[][] inputs) {
    for (int j = 0; j < columns.length; j++) {
      System.arraycopy(
          network.parameters(), from + j * inputs.length, columns[j], 0, inputs.length);
      for (int i = 0; i < inputs.length; i++) {
        inputs[i][j] = columns[j][i];
      }
    }
  }
}
