package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.LANES;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.SPECIES;
import static charnn.engine.simd.math.Simd.floats;

import charnn.engine.simd.gemm.Gemm;
import charnn.nn.NetworkSpec;
import charnn.nn.ParameterLayout;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import jdk.incubator.vector.FloatVector;

/**
 * The gradients of a network's weights, summed over all rows of a window. The work is parallelised
 * over column chunks. One worker at a time adds to a chunk, row block after row block in their
 * order, so the order of summation is the same for any number of workers.
 */
final class WeightGradients {
  private static final int CHUNKS_PER_WORKER = 4;

  /** In place of a chunk's count of row blocks: a worker is adding to it. */
  private static final int LOCKED = -1;

  private final Activations acts;
  private final boolean drops;
  private final ParameterLayout layout;
  private final int layers;
  private final int rowBlocks; // N
  private final int seqLength; // T
  private final int h;
  private final int hp; // Hp
  private final int panels; // P
  private final int v;
  private final int vp; // Vp
  private final int logitPanels;
  private final int windowRows; // 8 T

  // For each layer, the output layer last (the recurrent ones without it), from BASE on:
  private final float[][] inputGradient; // [columns / NR][P][NR][NR]; [0]: [4P][V][NR]
  private final float[][] recurrentGradient; // [4P][P][NR][NR] column, unit below
  private final float[][] biasGradient; // [columns]

  private final int chunks; // column chunks of each layer
  private final AtomicIntegerArray finished; // 1 for each row block whose dz is complete
  private final AtomicIntegerArray summed; // for each chunk: row blocks added, or LOCKED
  private int[] inputs; // [N][8T] token ids
  private float[] gradient;

  /**
   * @param acts with dz in place of gates and logits, once a row block is finished
   * @param drops whether there is dropout
   */
  WeightGradients(
      NetworkSpec architecture, Activations acts, int seqLength, boolean drops, int workers) {
    this.acts = acts;
    this.drops = drops;
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    this.rowBlocks = acts.rowBlocks;
    this.seqLength = seqLength;
    this.h = architecture.hiddenSize();
    this.panels = acts.panels;
    this.hp = panels * NR;
    this.v = architecture.vocabularySize();
    this.logitPanels = acts.logitPanels;
    this.vp = logitPanels * NR;
    this.windowRows = acts.windowRows;
    inputGradient = new float[layers + 1][];
    recurrentGradient = new float[layers][];
    biasGradient = new float[layers + 1][];
    for (int l = 0; l <= layers; l++) {
      int columns = l < layers ? 4 * hp : vp;
      inputGradient[l] = floats(columns * (l == 0 ? v : hp));
      biasGradient[l] = floats(columns);
      if (l < layers) {
        recurrentGradient[l] = floats(columns * hp);
      }
    }
    chunks = CHUNKS_PER_WORKER * workers;
    finished = new AtomicIntegerArray(rowBlocks);
    summed = new AtomicIntegerArray((layers + 1) * chunks);
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
    for (int chunk = 0; chunk < summed.length(); chunk++) {
      summed.set(chunk, 0);
    }
  }

  /** Marks row blocks whose dz is complete, or will never be, because of an exception. */
  void finish(int firstBlock, int lastBlock) {
    for (int block = firstBlock; block < lastBlock; block++) {
      finished.set(block, 1);
    }
  }

  /**
   * Computes the gradients of all weights, together with other workers. Locks any column chunk that
   * is not locked and adds the row blocks that are finished by now, in their order, until all row
   * blocks are in all chunks.
   */
  void add() {
    boolean complete;
    int idleIterations = 0;
    do {
      complete = true;
      boolean idle = true;
      for (int chunk = 0; chunk < summed.length(); chunk++) {
        int next = summed.get(chunk);
        complete &= next == rowBlocks;
        if (next != LOCKED && isFinished(next) && summed.compareAndSet(chunk, next, LOCKED)) {
          idle = false;
          int reached = rowBlocks; // After an exception, nobody is to wait for this chunk.
          try {
            reached = accumulateChunk(chunk, next);
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
  private int accumulateChunk(int chunk, int next) {
    // The largest first: from the top layer down; the output layer last.
    int l = chunk / chunks;
    l = l < layers ? layers - 1 - l : l;
    int chunkOfLayer = chunk % chunks;
    int all = l < layers ? 4 * panels : logitPanels;
    int first = all * chunkOfLayer / chunks;
    int last = all * (chunkOfLayer + 1) / chunks;
    if (next == 0) {
      clear(biasGradient[l], first * NR, last * NR);
      if (l == 0) {
        clear(inputGradient[0], first * NR * v, last * NR * v);
      }
    }
    int block = next;
    for (; isFinished(block); block++) {
      accumulatePanels(l, block, first, last);
    }
    if (block == rowBlocks) {
      for (int p = first; l == 0 && p < last; p++) {
        int row = BASE + p * v * NR;
        sumRows(v, inputGradient[0], row, biasGradient[0], BASE + p * NR);
      }
      copyGradient(l, first * NR, last * NR);
    }
    return block;
  }

  /** Adds one row block's contribution to the gradients of panels first to last of columns. */
  private void accumulatePanels(int l, int block, int first, int last) {
    float[] dz = l < layers ? acts.gates[l] : acts.logits;
    for (int p = first; p < last; p++) {
      int dzOffset = l < layers ? acts.gateOffset(block, p, 0) : acts.logitsOffset(block, p, 0);
      if (l == 0) {
        accumulateInputGradient(dz, dzOffset, block, BASE + p * v * NR);
      } else {
        sumRows(windowRows, dz, dzOffset, biasGradient[l], BASE + p * NR);
      }
    }
    int dzOffset =
        l < layers ? acts.gateOffset(block, first, 0) : acts.logitsOffset(block, first, 0);
    if (l > 0) {
      Gemm.gemmTransposedA(
          seqLength,
          last - first,
          dz,
          dzOffset,
          windowRows * NR,
          drops ? acts.dropped[l - 1] : acts.hidden[l - 1],
          drops ? acts.offset(block, 0, 0) : acts.hiddenOffset(block, 0, ROW_BLOCK),
          (drops ? windowRows : acts.stateRows) * NR,
          panels,
          block > 0,
          inputGradient[l],
          BASE + first * NR * hp);
    }
    if (l < layers) {
      Gemm.gemmTransposedA(
          seqLength,
          last - first,
          dz,
          dzOffset,
          windowRows * NR,
          acts.hidden[l],
          acts.hiddenOffset(block, 0, 0),
          acts.stateRows * NR,
          panels,
          block > 0,
          recurrentGradient[l],
          BASE + first * NR * hp);
    }
  }

  private static void clear(float[] array, int first, int last) {
    Arrays.fill(array, BASE + first, BASE + last, 0);
  }

  /** Scatter-adds a panel of a row block's dz to the first layer's gradient, by its tokens. */
  private void accumulateInputGradient(float[] dz, int dzOffset, int block, int panelOffset) {
    float[] to = inputGradient[0];
    for (int s = 0; s < windowRows; s++) {
      int offset = dzOffset + s * NR;
      int row = panelOffset + inputs[block * windowRows + s] * NR;
      FloatVector sum0 = FloatVector.fromArray(SPECIES, to, row);
      FloatVector sum1 = FloatVector.fromArray(SPECIES, to, row + LANES);
      FloatVector.fromArray(SPECIES, dz, offset).add(sum0).intoArray(to, row);
      FloatVector.fromArray(SPECIES, dz, offset + LANES).add(sum1).intoArray(to, row + LANES);
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

  /** Unpacks the gradients of some columns to the parameters' order, without the padding. */
  private void copyGradient(int l, int first, int last) {
    ParameterLayout.Layer layer = layout.layer(l);
    int width = l < layers ? h : v; // of a gate
    int paddedWidth = l < layers ? hp : vp;
    for (int j = first; j < last; j++) {
      if (j % paddedWidth >= width) {
        continue;
      }
      int column = j / paddedWidth * width + j % paddedWidth;
      gradient[layer.bias() + column] = biasGradient[l][BASE + j];
      if (l < layers) {
        copyColumn(recurrentGradient[l], j, layer.recurrent() + column * h);
      }
      if (l > 0) {
        copyColumn(inputGradient[l], j, layer.weights() + column * h);
      } else {
        int row = BASE + j / NR * v * NR + j % NR;
        for (int character = 0; character < v; character++) {
          gradient[layer.weights() + column * v + character] =
              inputGradient[0][row + character * NR];
        }
      }
    }
  }

  /** Unpacks the gradients of one column's weights. */
  private void copyColumn(float[] gradients, int column, int to) {
    int from = BASE + (column / NR * panels * NR + column % NR) * NR;
    for (int u = 0; u < h; u += NR) {
      System.arraycopy(gradients, from + u * NR, gradient, to + u, Math.min(NR, h - u));
    }
  }
}
