package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.SPECIES;
import static charnn.engine.simd.gemm.Simd.floats;

import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PackedPanels;
import charnn.engine.simd.gemm.PaddedColumns;
import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.schedule.GradientTask;
import charnn.engine.simd.schedule.Rows;
import charnn.nn.LayerSpec;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients of a network's weights, summed over all rows of a window. The work is parallelised
 * over column chunks. One worker at a time adds to a chunk, row block after row block in their
 * order, so the order of summation is the same for any number of workers.
 */
final class WeightGradients implements GradientTask {
  private static final int CHUNKS_PER_WORKER = 4;

  /** In place of a chunk's count of row blocks: a worker is adding to it. */
  private static final int LOCKED = -1;

  private final int rowBlocks; // N
  private final Chunk[] chunks;
  private final AtomicIntegerArray finished; // 1 for each row block whose dz is complete
  private final AtomicIntegerArray summed; // for each chunk: row blocks added, or LOCKED
  private int[] inputs; // [N][8T] token ids
  private float[] gradient;

  /**
   * @param acts with dz in place of gates and logits, once a row block is finished
   */
  WeightGradients(NetworkSpec architecture, Activations acts, int workers) {
    rowBlocks = acts.rowBlocks;
    int layers = architecture.layers();
    int count = CHUNKS_PER_WORKER * workers; // of each layer
    chunks = new Chunk[(layers + 1) * count];
    for (int i = 0; i <= layers; i++) {
      // The largest first: from the top layer down; the output layer last.
      int l = i < layers ? layers - 1 - i : layers;
      Layer layer = new Layer(architecture.parameterLayout().layer(l), l, acts);
      for (int j = 0; j < count; j++) {
        int panels = layer.columns.panels();
        chunks[i * count + j] = new Chunk(layer, panels * j / count, panels * (j + 1) / count);
      }
    }
    finished = new AtomicIntegerArray(rowBlocks);
    summed = new AtomicIntegerArray(chunks.length);
  }

  /**
   * Begins a window: no row block is finished.
   *
   * @param inputs [N][8T] token ids
   * @param gradient overwritten
   */
  void begin(int[] inputs, float[] gradient) {
    this.inputs = inputs;
    this.gradient = gradient;
    for (int block = 0; block < rowBlocks; block++) {
      finished.set(block, 0);
    }
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      summed.set(chunk, 0);
    }
  }

  @Override
  public void finish(Rows rows) {
    for (int block = rows.first(); block < rows.last(); block++) {
      finished.set(block, 1);
    }
  }

  /**
   * Locks any column chunk that is not locked and adds the row blocks that are finished by now, in
   * their order, until all row blocks are in all chunks.
   */
  @Override
  public void add() {
    boolean complete;
    int idleIterations = 0;
    do {
      complete = true;
      boolean idle = true;
      for (int chunk = 0; chunk < chunks.length; chunk++) {
        int next = summed.get(chunk);
        complete &= next == rowBlocks;
        if (next != LOCKED && isFinished(next) && summed.compareAndSet(chunk, next, LOCKED)) {
          idle = false;
          int reached = rowBlocks; // After an exception, nobody is to wait for this chunk.
          try {
            reached = accumulate(chunks[chunk], next);
          } finally {
            summed.set(chunk, reached);
          }
        }
      }
      if (idle) {
        ThreadTeam.pause(idleIterations++);
      }
    } while (!complete);
  }

  private boolean isFinished(int block) {
    return block < rowBlocks && finished.get(block) != 0;
  }

  /** Adds the finished row blocks from one on to a chunk; returns the first unfinished one. */
  private int accumulate(Chunk chunk, int next) {
    if (next == 0) {
      chunk.clear();
    }
    int block = next;
    for (; isFinished(block); block++) {
      chunk.accumulate(block, inputs);
    }
    if (block == rowBlocks) {
      chunk.copyTo(gradient);
    }
    return block;
  }

  /** A layer's operands and sums. */
  private static final class Layer {
    final ParameterLayout.Layer parameters;
    final PaddedColumns columns;
    final Activations acts;
    final PanelMatrix dz;
    final PanelMatrix input; // the output of the layer below; null in the first layer
    final PanelMatrix hidden; // null in the output layer
    final PanelMatrix intermediate; // what R reads in place of h, but for its first block; or null
    final float[] firstGradient; // [columns / NR][V][NR] by token id, in the first layer
    final PackedMatrix inputGradient; // [columns / NR][P][NR][NR], in the others
    final PackedMatrix recurrentGradient; // [columns / NR][P][NR][NR] column, unit
    final float[] biasGradient; // [columns] from BASE on

    Layer(ParameterLayout.Layer parameters, int l, Activations acts) {
      this.parameters = parameters;
      this.acts = acts;
      columns = PackedWeights.columns(parameters.spec());
      boolean recurrent = parameters.spec() instanceof LayerSpec.Recurrent;
      dz = recurrent ? acts.gates[l] : acts.logits;
      hidden = recurrent ? acts.hidden[l] : null;
      intermediate = recurrent && acts.isMultiplicative() ? acts.intermediate[l] : null;
      input = l > 0 ? acts.output(l - 1) : null;
      int inputs = parameters.spec().inputSize();
      firstGradient = floats(l > 0 ? 0 : columns.padded() * inputs);
      LayerSpec spec = parameters.spec();
      inputGradient = l > 0 ? gradient(spec.firstInputColumn(), spec.inputColumns()) : null;
      recurrentGradient =
          recurrent ? gradient(spec.firstRecurrentColumn(), spec.recurrentColumns()) : null;
      biasGradient = floats(columns.padded());
    }

    private PackedMatrix gradient(int firstColumn, int count) {
      int panels = count / columns.width() * columns.panels() / columns.groups();
      return new PackedMatrix(acts.panels, columns.padded(firstColumn) / NR, panels);
    }

    /** Returns whether W reaches a panel of columns of the first layer, whose input is a token. */
    boolean isByToken(int panel) {
      int column = panel / (columns.panels() / columns.groups()) * columns.width();
      int first = parameters.spec().firstInputColumn();
      return input == null && column >= first && column < first + parameters.spec().inputColumns();
    }
  }

  /**
   * The gradient of some columns' weights of one operand.
   *
   * @param operand what the weights are multiplied with
   * @param row of the operand at the first time step
   */
  private record Sum(MatrixView dz, MatrixView operand, int row, PackedPanels gradient) {}

  /** Some panels of a layer's columns, with views for the thread that has locked it. */
  private static final class Chunk {
    private final Layer layer;
    private final int first; // panel
    private final int last;
    private final Sum[] sums;

    Chunk(Layer layer, int first, int last) {
      this.layer = layer;
      this.first = first;
      this.last = last;
      List<Sum> all = new ArrayList<>();
      if (layer.input != null) {
        add(all, layer.input, layer.acts.outputRow(0), layer.inputGradient, first, last);
      }
      if (layer.intermediate != null) {
        int panels = layer.acts.panels; // of the first block
        add(all, layer.hidden, 0, layer.recurrentGradient, first, Math.min(panels, last));
        add(all, layer.intermediate, 0, layer.recurrentGradient, Math.max(panels, first), last);
      } else if (layer.hidden != null) {
        add(all, layer.hidden, 0, layer.recurrentGradient, first, last);
      }
      sums = all.toArray(Sum[]::new);
    }

    private void add(
        List<Sum> all, PanelMatrix operand, int row, PackedMatrix gradient, int from, int to) {
      PackedPanels panels = gradient.intersection(from, to);
      if (panels.count() > 0) {
        all.add(new Sum(layer.dz.acrossBlocks(), operand.acrossBlocks(), row, panels));
      }
    }

    void clear() {
      Arrays.fill(layer.biasGradient, BASE + first * NR, BASE + last * NR, 0);
      if (layer.input == null) {
        int v = layer.parameters.spec().inputSize();
        Arrays.fill(layer.firstGradient, BASE + first * NR * v, BASE + last * NR * v, 0);
      }
    }

    /** Adds one row block's contribution. */
    void accumulate(int block, int[] inputs) {
      int rows = layer.acts.windowRows;
      int v = layer.parameters.spec().inputSize();
      for (int p = first; p < last; p++) {
        int offset = layer.dz.offset(block, p, 0);
        if (layer.isByToken(p)) {
          addRowsByToken(
              rows, inputs, block * rows, layer.dz.values(), offset, layer.firstGradient, p * v);
        } else {
          sumRows(rows, layer.dz.values(), offset, layer.biasGradient, BASE + p * NR);
        }
      }
      for (Sum sum : sums) {
        Gemm.gemmTransposedA(
            layer.acts.seqLength,
            sum.dz.at(block, sum.gradient.first(), 0),
            sum.operand.at(block, 0, sum.row),
            block > 0,
            sum.gradient);
      }
    }

    /** Unpacks the sums to the parameters' order, without the padding. */
    void copyTo(float[] gradient) {
      ParameterLayout.Layer parameters = layer.parameters;
      LayerSpec spec = parameters.spec();
      int inputs = spec.inputSize();
      int h = spec.recurrentInputs();
      for (int p = first; p < last; p++) {
        if (layer.isByToken(p)) {
          int from = BASE + p * inputs * NR;
          sumRows(inputs, layer.firstGradient, from, layer.biasGradient, BASE + p * NR);
        }
      }
      for (int j = first * NR; j < last * NR; j++) {
        int column = layer.columns.unpadded(j);
        if (column < 0) {
          continue;
        }
        int b = column - spec.firstBiasColumn();
        if (b >= 0 && b < spec.biasColumns()) {
          gradient[parameters.bias() + b] = layer.biasGradient[BASE + j];
        }
        int r = column - spec.firstRecurrentColumn();
        if (layer.hidden != null && r >= 0 && r < spec.recurrentColumns()) {
          copyColumn(layer.recurrentGradient, j, h, gradient, parameters.recurrent() + r * h);
        }
        int w = column - spec.firstInputColumn();
        if (w < 0 || w >= spec.inputColumns()) {
          continue;
        }
        int to = parameters.weights() + w * inputs;
        if (layer.input != null) {
          copyColumn(layer.inputGradient, j, inputs, gradient, to);
          continue;
        }
        int row = BASE + j / NR * inputs * NR + j % NR;
        for (int character = 0; character < inputs; character++) {
          gradient[to + character] = layer.firstGradient[row + character * NR];
        }
      }
    }

    /** Unpacks the gradients of one column's weights. */
    private static void copyColumn(
        PackedMatrix gradients, int column, int rows, float[] to, int offset) {
      int from = gradients.panels(column / NR, 1).offset() + column % NR * NR;
      for (int u = 0; u < rows; u += NR) {
        System.arraycopy(gradients.values(), from + u * NR, to, offset + u, Math.min(NR, rows - u));
      }
    }
  }

  /**
   * Adds rows [NR] from fromOffset to those of their tokens.
   *
   * @param toRow of token 0, in rows [NR] from BASE on
   */
  private static void addRowsByToken(
      int rows, int[] tokens, int firstToken, float[] from, int fromOffset, float[] to, int toRow) {
    for (int s = 0; s < rows; s++) {
      int offset = fromOffset + s * NR;
      int row = BASE + (toRow + tokens[firstToken + s]) * NR;
      FloatVector sum0 = FloatVector.fromArray(SPECIES, to, row);
      FloatVector sum1 = FloatVector.fromArray(SPECIES, to, row + LANES);
      FloatVector.fromArray(SPECIES, from, offset).add(sum0).intoArray(to, row);
      FloatVector.fromArray(SPECIES, from, offset + LANES).add(sum1).intoArray(to, row + LANES);
    }
  }

  /** Adds the sum of rows [NR] from fromOffset to that at toOffset. */
  private static void sumRows(int rows, float[] from, int fromOffset, float[] to, int toOffset) {
    FloatVector sum0 = FloatVector.fromArray(SPECIES, to, toOffset);
    FloatVector sum1 = FloatVector.fromArray(SPECIES, to, toOffset + LANES);
    for (int s = 0; s < rows; s++) {
      int offset = fromOffset + s * NR;
      sum0 = FloatVector.fromArray(SPECIES, from, offset).add(sum0);
      sum1 = FloatVector.fromArray(SPECIES, from, offset + LANES).add(sum1);
    }
    sum0.intoArray(to, toOffset);
    sum1.intoArray(to, toOffset + LANES);
  }
}
