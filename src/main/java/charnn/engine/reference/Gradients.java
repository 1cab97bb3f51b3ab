package charnn.engine.reference;

import charnn.nn.LayerSpec;
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
  final float[][][] intermediate; // the first block of R, of multiplicative cells: [H][H]
  final float[][] bias; // for each layer: [columns]

  Gradients(NetworkSpec architecture) {
    layout = architecture.parameterLayout();
    int layers = architecture.layers();
    first = new float[architecture.vocabularySize()][layout.layer(0).spec().columns()];
    input = new float[layers + 1][][];
    recurrent = new float[layers][][];
    intermediate = new float[layers][][];
    bias = new float[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      input[l] = l == 0 ? null : new float[layer.spec().columns()][layer.spec().inputSize()];
      bias[l] = new float[layer.spec().columns()];
      if (layer.spec() instanceof LayerSpec.Recurrent spec) {
        int h = spec.units();
        recurrent[l] = new float[spec.columns()][h];
        intermediate[l] = new float[spec.cell().isMultiplicative() ? h : 0][h];
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
        clear(intermediate[l]);
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
    LayerSpec spec = layer.spec();
    int columns = spec.inputColumns();
    if (l == 0) {
      for (int character = 0; character < first.length; character++) {
        for (int j = 0; j < columns; j++) {
          gradient[layer.weights() + character + j * first.length] +=
              first[character][spec.firstInputColumn() + j];
        }
      }
    } else {
      addRows(input[l], spec.firstInputColumn(), columns, gradient, layer.weights());
    }
    if (l < recurrent.length) {
      int h = spec.recurrentInputs();
      int block = intermediate[l].length;
      addRows(intermediate[l], 0, block, gradient, layer.recurrent());
      addRows(
          recurrent[l],
          spec.firstRecurrentColumn() + block,
          spec.recurrentColumns() - block,
          gradient,
          layer.recurrent() + block * h);
    }
    for (int j = 0; j < spec.biasColumns(); j++) {
      gradient[layer.bias() + j] += bias[l][spec.firstBiasColumn() + j];
    }
  }

  private static void addRows(float[][] rows, int first, int count, float[] gradient, int offset) {
    for (int j = 0; j < count; j++) {
      float[] row = rows[first + j];
      for (int i = 0; i < row.length; i++) {
        gradient[offset + j * row.length + i] += row[i];
      }
    }
  }
}
