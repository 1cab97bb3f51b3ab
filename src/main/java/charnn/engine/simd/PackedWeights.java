package charnn.engine.simd;

import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Network;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A network's weights as the matrix products read them: cut into panels of {@link Simd#PANEL}
 * columns, one after the other, in each the rows contiguous; padded with zeros. For training, each
 * matrix is there in both directions, which takes twice the memory of the parameters. All arrays
 * begin at {@link Simd#ORIGIN}.
 */
final class PackedWeights {
  /** The bias of padded characters: so far below every logit that their probability is 0. */
  private static final float NEVER = -1e30f;

  /** In place of a matrix that is not wanted. */
  private static final float[] NONE = {};

  /** Shares of a matrix that workers take one by one. */
  private static final int PARTS = 8;

  /** Columns that are transposed at once. */
  private static final int BLOCK = 8;

  private final IntConsumer refreshPart = this::refresh;
  private final Network network;
  private final List<Architecture.Layer> layout;
  private final int layers;
  private final int h;
  final int hp; // Hp
  final int vp; // Vp

  /** What the first layer adds to its gates for each character: [V x 4 Hp], row of W plus bias. */
  final float[] table;

  // For each layer, the output layer last (null where there is none):
  final float[][] input; // [nIn x columns] in panels of columns; none for the first layer
  final float[][] inputBack; // [columns x nIn] in panels of inputs
  final float[][] bias; // [columns]
  final float[][] recurrent; // [Hp x 4 Hp] in panels of columns
  final float[][] recurrentBack; // [4 Hp x Hp] in panels of inputs

  /**
   * @param training whether the backward directions are wanted
   */
  PackedWeights(Network network, boolean training) {
    Architecture architecture = network.architecture();
    this.network = network;
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    this.h = architecture.hiddenSize();
    this.hp = Simd.padded(h);
    this.vp = Simd.padded(architecture.alphabetSize());
    table = floats(architecture.alphabetSize() * 4 * hp);
    input = new float[layers + 1][];
    inputBack = new float[layers + 1][];
    bias = new float[layers + 1][];
    recurrent = new float[layers][];
    recurrentBack = new float[layers][];
    for (int l = 0; l <= layers; l++) {
      int columns = l < layers ? 4 * hp : vp;
      bias[l] = floats(columns);
      if (l < layers) {
        recurrent[l] = floats(hp * columns);
        recurrentBack[l] = training ? floats(columns * hp) : NONE;
      }
      if (l > 0) {
        input[l] = floats(hp * columns);
        inputBack[l] = training ? floats(columns * hp) : NONE;
      }
    }
    Arrays.fill(bias[layers], NEVER);
  }

  /** Returns how many multiplications of weights a character takes. */
  long multiplications() {
    return (2L * layers - 1) * 4 * hp * hp + (long) hp * vp;
  }

  /** Takes over the parameters as they are now. */
  void refresh(Workers workers) {
    workers.run((2 * layers + 1) * PARTS, refreshPart);
  }

  /** Refreshes a share of the columns of one matrix: a recurrent one, then an input one. */
  private void refresh(int task) {
    int matrix = task / PARTS;
    int l = matrix < layers ? matrix : matrix - layers;
    Architecture.Layer layer = layout.get(l);
    int first = (int) ((long) layer.columns() * (task % PARTS) / PARTS);
    int last = (int) ((long) layer.columns() * (task % PARTS + 1) / PARTS);
    if (matrix < layers) {
      pack(l, layer.recurrent(), first, last, recurrent[l], recurrentBack[l]);
      return;
    }
    float[] p = network.parameters();
    for (int j = first; j < last; j++) {
      bias[l][ORIGIN + padded(l, j)] = p[layer.bias() + j];
    }
    if (l > 0) {
      pack(l, layer.weights(), first, last, input[l], inputBack[l]);
      return;
    }
    int v = layer.inputSize();
    for (int j = first; j < last; ) {
      int width = blockWidth(0, j, last);
      int to = ORIGIN + padded(0, j);
      transpose(v, width, p, layer.weights() + j * v, table, to, 4 * hp);
      for (int at = to; at < to + v * 4 * hp; at += 4 * hp) {
        for (int c = 0; c < width; c++) {
          table[at + c] += p[layer.bias() + j + c];
        }
      }
      j += width;
    }
  }

  /** The padded place of a column: gates are padded one by one. */
  private int padded(int l, int j) {
    return l < layers ? j / h * hp + j % h : j;
  }

  /**
   * Packs columns first to last of a column-major matrix [H x columns] in both directions.
   *
   * @param forward [Hp x paddedColumns] in panels of columns
   * @param back [paddedColumns x Hp] in panels of inputs; or {@link #NONE}
   */
  private void pack(int l, int from, int first, int last, float[] forward, float[] back) {
    float[] p = network.parameters();
    int paddedColumns = l < layers ? 4 * hp : vp;
    for (int j = first; j < last; ) {
      int width = blockWidth(l, j, last);
      int target = padded(l, j) / PANEL * hp * PANEL + padded(l, j) % PANEL;
      transpose(h, width, p, from + j * h, forward, ORIGIN + target, PANEL);
      j += width;
    }
    if (back == NONE) {
      return;
    }
    for (int j = first; j < last; j++) {
      int row = ORIGIN + padded(l, j) * PANEL;
      for (int panel = 0; panel * PANEL < h; panel++) {
        System.arraycopy(
            p,
            from + j * h + panel * PANEL,
            back,
            row + panel * paddedColumns * PANEL,
            Math.min(PANEL, h - panel * PANEL));
      }
    }
  }

  /** Columns from j on that lie side by side in one panel, at most a block of them. */
  private int blockWidth(int l, int j, int last) {
    int gate = l < layers ? h - j % h : last;
    int panel = PANEL - padded(l, j) % PANEL;
    return Math.min(Math.min(BLOCK, last - j), Math.min(gate, panel));
  }

  /**
   * Copies columns that lie one after the other to rows: to[i][c] = from[c][i]. A whole block row
   * by row, so that what is written lies side by side; its inner loop has a constant length, for
   * the compiler to unroll.
   */
  private static void transpose(
      int rows, int columns, float[] from, int fromAt, float[] to, int toAt, int toRow) {
    if (columns == BLOCK) {
      for (int i = 0; i < rows; i++) {
        for (int c = 0; c < BLOCK; c++) {
          to[toAt + i * toRow + c] = from[fromAt + c * rows + i];
        }
      }
      return;
    }
    for (int c = 0; c < columns; c++) {
      for (int i = 0; i < rows; i++) {
        to[toAt + i * toRow + c] = from[fromAt + c * rows + i];
      }
    }
  }
}
