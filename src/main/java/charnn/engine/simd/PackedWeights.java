package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.floats;

import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PaddedColumns;
import charnn.engine.simd.gemm.Simd;
import charnn.nn.LayerSpec;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A network's weights, packed as GEMM's B and padded with zeros. For training, each matrix is
 * packed a second time, transposed, for the backward pass. That takes twice the memory of the
 * parameters.
 */
final class PackedWeights {
  /** The bias of padding columns of the output layer: so low that their softmax is 0. */
  private static final float PADDING_BIAS = -1e30f;

  /** Column chunks of a matrix, each one task. */
  private static final int CHUNKS = 8;

  private final IntConsumer packChunk = this::refresh;
  private final Network network;
  private final ParameterLayout layout;
  private final int layers;
  private final boolean training;

  /** The first layer's fused embedding + bias lookup table [V x G Hp]: its rows of W, plus b. */
  final float[] lookupTable;

  // For each layer, the output layer last:
  final PaddedColumns[] columns;
  final PackedMatrix[] input; // [nIn x columns]; none for the first layer
  final PackedMatrix[] inputTransposed; // [columns x nIn]
  final float[][] bias; // [columns]

  // For each recurrent layer:
  final PackedMatrix[] recurrent; // [Hp x G Hp]
  final PackedMatrix[] recurrentTransposed; // [G Hp x Hp]

  /**
   * @param training whether to pack the transposed matrices, too
   */
  PackedWeights(Network network, boolean training) {
    NetworkSpec architecture = network.architecture();
    this.network = network;
    this.training = training;
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    columns = new PaddedColumns[layers + 1];
    Arrays.setAll(columns, l -> columns(layout.layer(l).spec()));
    lookupTable = floats(architecture.vocabularySize() * columns[0].padded());
    int panels = Simd.padded(architecture.hiddenSize()) / NR;
    input = new PackedMatrix[layers + 1];
    inputTransposed = new PackedMatrix[layers + 1];
    bias = new float[layers + 1][];
    recurrent = new PackedMatrix[layers];
    recurrentTransposed = new PackedMatrix[layers];
    for (int l = 0; l <= layers; l++) {
      bias[l] = floats(columns[l].padded());
      if (l > 0) {
        input[l] = new PackedMatrix(panels, columns[l].panels());
        inputTransposed[l] = training ? new PackedMatrix(columns[l].panels(), panels) : null;
      }
      if (l < layers) {
        recurrent[l] = new PackedMatrix(panels, columns[l].panels());
        recurrentTransposed[l] = training ? new PackedMatrix(columns[l].panels(), panels) : null;
      }
    }
    Arrays.fill(bias[layers], PADDING_BIAS);
  }

  /** Returns a network's weights as they are now, packed for inference. */
  static PackedWeights ofInference(Network network, ThreadTeam workers) {
    PackedWeights weights = new PackedWeights(network, false);
    weights.refresh(workers);
    return weights;
  }

  /** Returns the columns of a layer's matrices: each gate is padded. */
  static PaddedColumns columns(LayerSpec spec) {
    return spec instanceof LayerSpec.Recurrent layer
        ? new PaddedColumns(layer.cell().gates(), layer.units())
        : new PaddedColumns(1, spec.columns());
  }

  /** Packs the parameters as they are now. */
  void refresh(ThreadTeam workers) {
    workers.run((2 * layers + 1) * CHUNKS, packChunk);
  }

  /** Packs a column chunk of one matrix: the recurrent ones first, then the input ones. */
  private void refresh(int task) {
    int matrix = task / CHUNKS;
    int l = matrix < layers ? matrix : matrix - layers;
    ParameterLayout.Layer layer = layout.layer(l);
    int first = (int) ((long) columns[l].count() * (task % CHUNKS) / CHUNKS);
    int last = (int) ((long) columns[l].count() * (task % CHUNKS + 1) / CHUNKS);
    if (matrix < layers) {
      int h = layer.spec().recurrentInputs();
      pack(l, layer.recurrent(), h, first, last, recurrent[l], recurrentTransposed[l]);
      return;
    }
    float[] p = network.parameters();
    for (int j = first; j < last; j++) {
      bias[l][BASE + columns[l].padded(j)] = p[layer.bias() + j];
    }
    int rows = layer.spec().inputSize();
    if (l > 0) {
      pack(l, layer.weights(), rows, first, last, input[l], inputTransposed[l]);
      return;
    }
    PackedMatrix.transpose(p, layer.weights(), rows, columns[0], first, last, lookupTable);
    addBiasToLookupTable(rows, layer.bias(), first, last);
  }

  private void addBiasToLookupTable(int rows, int from, int first, int last) {
    int width = columns[0].width();
    for (int j = first; j < last; ) {
      int end = Math.min(last, (j / width + 1) * width); // of the columns within one gate
      for (int row = 0; row < rows; row++) {
        int to = BASE + row * columns[0].padded() + columns[0].padded(j);
        for (int c = 0; c < end - j; c++) {
          lookupTable[to + c] += network.parameters()[from + j + c];
        }
      }
      j = end;
    }
  }

  private void pack(
      int l, int from, int rows, int first, int last, PackedMatrix to, PackedMatrix transposed) {
    float[] p = network.parameters();
    to.pack(p, from, rows, columns[l], first, last);
    if (training) {
      transposed.packTransposed(p, from, rows, columns[l], first, last);
    }
  }
}
