package charnn.engine.reference;

import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import java.util.Arrays;

/** The weight gradients of one shard, as matrices of rows. */
final class Gradients {
  private final ParameterLayout layout;

  final float[][] first; // [V][G H] of the first layer's W, by token id
  final float[][][]
      input; // for each layer above it, the output layer last: [columns][nIn]; null for the first
  final float[][][] recurrent; // for each recurrent layer: [G H][H]
  final float[][] bias; // for each layer: [columns]

  Gradients(NetworkSpec architecture) {
    layout = architecture.parameterLayout();
    int layers = architecture.layers();
    first = new float[architecture.vocabularySize()][layout.layer(0).spec().columns()];
    input = new float[layers + 1][][];
    recurrent = new float[layers][][];
    bias = new float[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      input[l] = l == 0 ? null : new float[layer.spec().columns()][layer.spec().inputSize()];
      bias[l] = new float[layer.spec().columns()];
      if (l < layers) {
        recurrent[l] = new float[layer.spec().columns()][layer.spec().recurrentInputs()];
      }
    }
  }

  void clear() {
    clear(first);
    for (int l = 0; l < bias.length; l++) {
      Arrays.fill(bias[l], 0);
      if (l > 0) {
        clear(input[l]);
      }
      if (l < recurrent.length) {
        clear(recurrent[l]);
      }
    }
  }

  private static void clear(float[][] rows) {
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /**
   * Adds one layer's gradient to a flat vector.
   *
   * @param gradient in the order of the parameters
   */
  void addTo(float[] gradient, int l) {
    ParameterLayout.Layer layer = layout.layer(l);
    if (l == 0) {
      for (int character = 0; character < first.length; character++) {
        for (int j = 0; j < layer.spec().columns(); j++) {
          gradient[layer.weights() + character + j * first.length] += first[character][j];
        }
      }
    } else {
      addRows(input[l], gradient, layer.weights());
    }
    if (l < recurrent.length) {
      addRows(recurrent[l], gradient, layer.recurrent());
    }
    addRow(bias[l], gradient, layer.bias());
  }

  private static void addRows(float[][] rows, float[] gradient, int offset) {
    for (int j = 0; j < rows.length; j++) {
      addRow(rows[j], gradient, offset + j * rows[j].length);
    }
  }

  private static void addRow(float[] row, float[] gradient, int offset) {
    for (int i = 0; i < row.length; i++) {
      gradient[offset + i] += row[i];
    }
  }
}
