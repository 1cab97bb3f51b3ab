package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.floats;

import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PaddedColumns;
import charnn.nn.GateBlocks;
import charnn.nn.LayerSpec;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final PackedWeight[] all;

  /** The first layer's fused embedding + bias lookup table [V x columns]: its rows of W, plus b. */
  final float[] lookupTable;

  // For each layer, the output layer last:
  final PaddedColumns[] columns; // of z
  final PackedWeight[] input; // W; none for the first layer
  final float[][] bias; // [columns]

  // For each recurrent layer:
  final PackedWeight[] recurrent; // R; of a multiplicative cell without its first block
  final PackedWeight[] intermediate; // that block; null for other cells

  /**
   * @param training whether to pack the transposed matrices, too
   */
  PackedWeights(Network network, boolean training) {
    NetworkSpec architecture = network.architecture();
    this.network = network;
    this.layout = architecture.parameterLayout();
    int layers = architecture.layers();
    columns = new PaddedColumns[layers + 1];
    Arrays.setAll(columns, l -> columns(layout.layer(l).spec()));
    lookupTable = floats(architecture.vocabularySize() * columns[0].padded());
    input = new PackedWeight[layers + 1];
    bias = new float[layers + 1][];
    recurrent = new PackedWeight[layers];
    intermediate = new PackedWeight[layers];
    List<PackedWeight> packed = new ArrayList<>();
    for (int l = 0; l <= layers; l++) {
      ParameterLayout.Layer layer = layout.layer(l);
      LayerSpec spec = layer.spec();
      int h = architecture.hiddenSize();
      bias[l] = floats(columns[l].padded());
      if (l > 0) {
        PaddedColumns ofInput =
            new PaddedColumns(spec.inputColumns() / columns[l].width(), columns[l].width());
        input[l] =
            new PackedWeight(
                layer.weights(), h, ofInput, panel(spec.firstInputColumn(), l), training);
        packed.add(input[l]);
      }
      if (spec instanceof LayerSpec.Recurrent layerOfCells) {
        GateBlocks blocks = layerOfCells.cell().recurrent();
        int own = layerOfCells.cell().isMultiplicative() ? 1 : 0;
        if (own > 0) {
          intermediate[l] =
              new PackedWeight(
                  layer.recurrent(), h, new PaddedColumns(1, h), panel(0, l), training);
          packed.add(intermediate[l]);
        }
        recurrent[l] =
            new PackedWeight(
                layer.recurrent() + own * h * h,
                h,
                new PaddedColumns(blocks.count() - own, h),
                panel((blocks.first() + own) * h, l),
                training);
        packed.add(recurrent[l]);
      }
    }
    all = packed.toArray(PackedWeight[]::new);
    Arrays.fill(bias[layers], PADDING_BIAS);
  }

  /** Returns the panel where a block of a layer's columns begins. */
  private int panel(int column, int l) {
    return columns[l].padded(column) / NR;
  }

  /** Returns a network's weights as they are now, packed for inference. */
  static PackedWeights ofInference(Network network, ThreadTeam workers) {
    PackedWeights weights = new PackedWeights(network, false);
    weights.refresh(workers);
    return weights;
  }

  /** Returns the columns of a layer's pre-activations: each gate is padded. */
  static PaddedColumns columns(LayerSpec spec) {
    return spec instanceof LayerSpec.Recurrent layer
        ? new PaddedColumns(layer.cell().gates(), layer.units())
        : new PaddedColumns(1, spec.columns());
  }

  /** Packs the parameters as they are now. */
  void refresh(ThreadTeam workers) {
    workers.run((all.length + 1) * CHUNKS, packChunk);
  }

  /** Packs a chunk of one matrix; of the lookup table and the biases last. */
  private void refresh(int task) {
    int chunk = task % CHUNKS;
    if (task / CHUNKS < all.length) {
      all[task / CHUNKS].pack(network.parameters(), chunk, CHUNKS);
      return;
    }
    for (int l = chunk; l < bias.length; l += CHUNKS) {
      ParameterLayout.Layer layer = layout.layer(l);
      int first = layer.spec().firstBiasColumn();
      for (int j = 0; j < layer.spec().biasColumns(); j++) {
        bias[l][BASE + columns[l].padded(first + j)] = network.parameters()[layer.bias() + j];
      }
    }
    int count = columns[0].count();
    refreshLookupTable(
        (int) ((long) count * chunk / CHUNKS), (int) ((long) count * (chunk + 1) / CHUNKS));
  }

  private void refreshLookupTable(int first, int last) {
    float[] p = network.parameters();
    ParameterLayout.Layer layer = layout.layer(0);
    LayerSpec spec = layer.spec();
    int rows = spec.inputSize();
    int firstInput = spec.firstInputColumn();
    int lastInput = firstInput + spec.inputColumns();
    int stride = columns[0].padded();
    PackedMatrix.transpose(
        p,
        layer.weights(),
        rows,
        columns[0],
        Math.max(first, firstInput) - firstInput,
        Math.min(last, lastInput) - firstInput,
        lookupTable,
        BASE + columns[0].padded(firstInput),
        stride);
    int firstBias = spec.firstBiasColumn();
    int end = Math.min(last, firstBias + spec.biasColumns());
    for (int j = Math.max(first, firstBias); j < end; ) {
      int width = Math.min(end - j, columns[0].width() - j % columns[0].width()); // within a gate
      int from = layer.bias() + j - firstBias;
      boolean adds = j >= firstInput && j < lastInput;
      for (int row = 0; row < rows; row++) {
        int to = BASE + row * stride + columns[0].padded(j);
        for (int c = 0; c < width; c++) {
          lookupTable[to + c] = adds ? lookupTable[to + c] + p[from + c] : p[from + c];
        }
      }
      j += width;
    }
  }
}
