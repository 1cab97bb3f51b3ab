package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.floats;

import charnn.engine.simd.math.Simd;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A network's weights, packed as GEMM's B: in contiguous panels of {@link Simd#NR} columns, padded
 * with zeros. For training, each matrix is packed a second time, transposed, for the backward pass.
 * That takes twice the memory of the parameters. All arrays begin at {@link Simd#BASE}.
 */
final class PackedWeights {
  /** The bias of padding columns of the output layer: so low that their softmax is 0. */
  private static final float PADDING_BIAS = -1e30f;

  /** In place of a transposed matrix, for inference. */
  private static final float[] NONE = {};

  /** Column chunks of a matrix, each one task. */
  private static final int CHUNKS = 8;

  /** Columns that one transposition loop handles. */
  private static final int TRANSPOSED_COLUMNS = 8;

  private final IntConsumer packChunk = this::refresh;
  private final Network network;
  private final ParameterLayout layout;
  private final int layers;
  private final int h;
  final int hp; // Hp
  final int vp; // Vp

  /** The first layer's fused embedding + bias lookup table [V x 4 Hp]: its rows of W, plus b. */
  final float[] lookupTable;

  // For each layer, the output layer last (null where there is none):
  final float[][] input; // [nIn x columns] in panels of columns; none for the first layer
  final float[][] inputTransposed; // [columns x nIn] in panels of inputs
  final float[][] bias; // [columns]
  final float[][] recurrent; // [Hp x 4 Hp] in panels of columns
  final float[][] recurrentTransposed; // [4 Hp x Hp] in panels of inputs

  /**
   * @param training whether to pack the transposed matrices, too
   */
  PackedWeights(Network network, boolean training) {
    NetworkSpec architecture = network.architecture();
    this.network = network;
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    this.h = architecture.hiddenSize();
    this.hp = Simd.padded(h);
    this.vp = Simd.padded(architecture.vocabularySize());
    lookupTable = floats(architecture.vocabularySize() * 4 * hp);
    input = new float[layers + 1][];
    inputTransposed = new float[layers + 1][];
    bias = new float[layers + 1][];
    recurrent = new float[layers][];
    recurrentTransposed = new float[layers][];
    for (int l = 0; l <= layers; l++) {
      int columns = l < layers ? 4 * hp : vp;
      bias[l] = floats(columns);
      if (l < layers) {
        recurrent[l] = floats(hp * columns);
        recurrentTransposed[l] = training ? floats(columns * hp) : NONE;
      }
      if (l > 0) {
        input[l] = floats(hp * columns);
        inputTransposed[l] = training ? floats(columns * hp) : NONE;
      }
    }
    Arrays.fill(bias[layers], PADDING_BIAS);
  }

  /** Returns the multiply-adds of one character's forward pass. */
  long multiplyAdds() {
    return (2L * layers - 1) * 4 * hp * hp + (long) hp * vp;
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
    int first = (int) ((long) layer.spec().columns() * (task % CHUNKS) / CHUNKS);
    int last = (int) ((long) layer.spec().columns() * (task % CHUNKS + 1) / CHUNKS);
    if (matrix < layers) {
      pack(l, layer.recurrent(), first, last, recurrent[l], recurrentTransposed[l]);
      return;
    }
    float[] p = network.parameters();
    for (int j = first; j < last; j++) {
      bias[l][BASE + padded(l, j)] = p[layer.bias() + j];
    }
    if (l > 0) {
      pack(l, layer.weights(), first, last, input[l], inputTransposed[l]);
      return;
    }
    int v = layer.spec().inputSize();
    for (int j = first; j < last; ) {
      int width = transposedColumns(0, j, last);
      int to = BASE + padded(0, j);
      transpose(v, width, p, layer.weights() + j * v, lookupTable, to, 4 * hp);
      for (int offset = to; offset < to + v * 4 * hp; offset += 4 * hp) {
        for (int c = 0; c < width; c++) {
          lookupTable[offset + c] += p[layer.bias() + j + c];
        }
      }
      j += width;
    }
  }

  /** Returns a column's padded index: each gate is padded. */
  private int padded(int l, int j) {
    return l < layers ? j / h * hp + j % h : j;
  }

  /**
   * Packs columns first to last of a column-major matrix [H x columns].
   *
   * @param from its offset in the parameters
   * @param forward [Hp x paddedColumns] in panels of columns
   * @param transposed [paddedColumns x Hp] in panels of inputs; or {@link #NONE}
   */
  private void pack(int l, int from, int first, int last, float[] forward, float[] transposed) {
    float[] p = network.parameters();
    int paddedColumns = l < layers ? 4 * hp : vp;
    for (int j = first; j < last; ) {
      int width = transposedColumns(l, j, last);
      int target = padded(l, j) / NR * hp * NR + padded(l, j) % NR;
      transpose(h, width, p, from + j * h, forward, BASE + target, NR);
      j += width;
    }
    if (transposed == NONE) {
      return;
    }
    for (int j = first; j < last; j++) {
      int row = BASE + padded(l, j) * NR;
      for (int panel = 0; panel * NR < h; panel++) {
        System.arraycopy(
            p,
            from + j * h + panel * NR,
            transposed,
            row + panel * paddedColumns * NR,
            Math.min(NR, h - panel * NR));
      }
    }
  }

  /**
   * Returns how many columns from j on one {@link #transpose} handles: within one gate and panel.
   */
  private int transposedColumns(int l, int j, int last) {
    int gate = l < layers ? h - j % h : last;
    int panel = NR - padded(l, j) % NR;
    return Math.min(Math.min(TRANSPOSED_COLUMNS, last - j), Math.min(gate, panel));
  }

  /**
   * to[i][c] = from[c][i], for contiguous columns. The case of {@link #TRANSPOSED_COLUMNS} columns
   * writes sequentially, and its inner loop has a constant length for the compiler to unroll.
   *
   * @param toRowStride stride from a row of {@code to} to the next
   */
  private static void transpose(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      float[] to,
      int toOffset,
      int toRowStride) {
    if (columns == TRANSPOSED_COLUMNS) {
      for (int i = 0; i < rows; i++) {
        for (int c = 0; c < TRANSPOSED_COLUMNS; c++) {
          to[toOffset + i * toRowStride + c] = from[fromOffset + c * rows + i];
        }
      }
      return;
    }
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < rows; i++) {
        to[toOffset + i * toRowStride + c] = from[fromOffset + c * rows + i];
      }
    }
  }
}
