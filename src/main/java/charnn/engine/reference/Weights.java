package charnn.engine.reference;

import charnn.nn.LayerSpec;
import charnn.nn.Network;
import charnn.nn.ParameterLayout;

/**
 * A network's parameters as matrices of rows, twice: by input for the forward pass, and by column
 * (transposed) for the backward pass. They take twice the memory of the parameters.
 *
 * <p>Each row is as long as z, with zeros where a matrix does not reach. R is without its first
 * block where that makes an intermediate state.
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

  // For each recurrent layer of multiplicative cells, the first block of R; else empty:
  final float[][][] intermediateByInput; // [H][H]
  final float[][][] intermediateByColumn; // [H][H]

  Weights(Network network) {
    this.network = network;
    this.layout = network.architecture().parameterLayout();
    int layers = network.architecture().layers();
    byInput = new float[layers + 1][][];
    byColumn = new float[layers + 1][][];
    bias = new float[layers + 1][];
    recurrentByInput = new float[layers][][];
    recurrentByColumn = new float[layers][][];
    intermediateByInput = new float[layers][][];
    intermediateByColumn = new float[layers][][];
    for (int l = 0; l <= layers; l++) {
      LayerSpec spec = layout.layer(l).spec();
      byInput[l] = new float[spec.inputSize()][spec.columns()];
      byColumn[l] = new float[spec.columns()][spec.inputSize()];
      bias[l] = new float[spec.columns()];
      if (spec instanceof LayerSpec.Recurrent recurrent) {
        int h = recurrent.units();
        int intermediate = recurrent.cell().isMultiplicative() ? h : 0;
        recurrentByInput[l] = new float[h][spec.columns()];
        recurrentByColumn[l] = new float[spec.columns()][h];
        intermediateByInput[l] = new float[intermediate][h];
        intermediateByColumn[l] = new float[h][intermediate];
      }
    }
    refresh();
  }

  /** Copies the parameters as they are now. */
  void refresh() {
    for (int l = 0; l < layout.layers().size(); l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      LayerSpec spec = layer.spec();
      int columns = spec.inputColumns();
      copy(layer.weights(), columns, byColumn[l], byInput[l], spec.firstInputColumn());
      System.arraycopy(
          network.parameters(), layer.bias(), bias[l], spec.firstBiasColumn(), spec.biasColumns());
      if (l < recurrentByColumn.length) {
        int h = spec.recurrentInputs();
        int intermediate = intermediateByInput[l].length;
        copy(layer.recurrent(), intermediate, intermediateByColumn[l], intermediateByInput[l], 0);
        copy(
            layer.recurrent() + intermediate * h,
            spec.recurrentColumns() - intermediate,
            recurrentByColumn[l],
            recurrentByInput[l],
            spec.firstRecurrentColumn() + intermediate);
      }
    }
  }

  /** Copies a column-major matrix from the flat parameters, to the columns from one on. */
  private void copy(int from, int count, float[][] columns, float[][] inputs, int first) {
    for (int j = 0; j < count; j++) {
      float[] column = columns[first + j];
      System.arraycopy(network.parameters(), from + j * inputs.length, column, 0, inputs.length);
      for (int i = 0; i < inputs.length; i++) {
        inputs[i][first + j] = column[i];
      }
    }
  }
}
