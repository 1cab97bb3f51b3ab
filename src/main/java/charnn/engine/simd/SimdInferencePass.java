package charnn.engine.simd;

import static charnn.engine.simd.math.Simd.BASE;
import static charnn.engine.simd.math.Simd.NR;
import static charnn.engine.simd.math.Simd.ROW_BLOCK;
import static charnn.engine.simd.math.Simd.floats;

import charnn.engine.InferencePass;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.Panels;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Advances streams by one character at a time through all layers: a few by GEMV, more by GEMM in
 * row blocks of 8.
 *
 * <p>One stream of a large network is bound by memory bandwidth; its GEMVs are parallelised over
 * columns.
 */
final class SimdInferencePass implements InferencePass {
  /** Below this many streams, a row block would be mostly padding. */
  private static final int MIN_GEMM_STREAMS = 4;

  /** A network of at least this many parameters exceeds L2. */
  private static final int MIN_PARALLEL_PARAMETERS = 1 << 20;

  /** Panels of a task. */
  private static final int PANELS_PER_TASK = 4;

  /** Multiply-adds, by all passes of an engine, that the plain kernels are used for. */
  private static final long PLAIN_MULTIPLY_ADDS = 1L << 31;

  private static final RowKernels PLAIN = new PlainRowKernels();
  private static final RowKernels VECTORS = new VectorRowKernels();

  private final AtomicLong multiplyAdds; // with plain kernels, by all passes of the engine
  private final PackedWeights weights;
  private final ThreadTeam workers; // null: not parallelised
  private final int layers;
  private final int streams; // B
  private final int rowsPerBlock; // ROW_BLOCK, or 1 if there are few streams
  private final int rowBlocks; // N
  private final int v;

  // All begin at BASE. P panels make up Hp:
  private final float[][] hidden; // for each layer: [N][P][rowsPerBlock][NR]
  private final float[][] cell; // for each layer: [N][P][rowsPerBlock][NR]
  private final float[] gates; // [N][4P][rowsPerBlock][NR]
  private final float[] tanhCell; // [P][rowsPerBlock][NR], written but not needed
  private final float[] padded; // logits: [N][Vp/NR][rowsPerBlock][NR]

  /**
   * @param multiplyAdds counted by all passes of the engine
   */
  SimdInferencePass(Network network, int streams, ThreadTeam workers, AtomicLong multiplyAdds) {
    this.multiplyAdds = multiplyAdds;
    NetworkSpec architecture = network.architecture();
    this.layers = architecture.layers();
    this.streams = streams;
    this.rowsPerBlock = streams < MIN_GEMM_STREAMS ? 1 : ROW_BLOCK;
    this.rowBlocks = (streams + rowsPerBlock - 1) / rowsPerBlock;
    this.v = architecture.vocabularySize();
    this.weights = new PackedWeights(network, false);
    weights.refresh(workers);
    boolean parallel =
        rowsPerBlock == 1
            && workers.count() > 1
            && network.parameters().length >= MIN_PARALLEL_PARAMETERS;
    this.workers = parallel ? workers : null;
    int rows = rowBlocks * rowsPerBlock;
    hidden = new float[layers][];
    cell = new float[layers][];
    Arrays.setAll(hidden, l -> floats(rows * weights.hp));
    Arrays.setAll(cell, l -> floats(rows * weights.hp));
    gates = floats(rows * 4 * weights.hp);
    tanhCell = floats(rowsPerBlock * weights.hp);
    padded = floats(rows * weights.vp);
  }

  @Override
  public void step(int[] characters, float[] logits) {
    boolean plain = rowsPerBlock == 1 && multiplyAdds.get() < PLAIN_MULTIPLY_ADDS;
    if (plain) {
      multiplyAdds.addAndGet(rowBlocks * weights.multiplyAdds());
    }
    step(plain ? PLAIN : VECTORS, characters, logits);
  }

  /**
   * Makes a step.
   *
   * @param kernels for single rows; results are bit-identical with either
   */
  void step(RowKernels kernels, int[] characters, float[] logits) {
    int hp = weights.hp;
    for (int l = 0; l < layers; l++) {
      for (int row = 0; row < rowBlocks * rowsPerBlock; row++) {
        if (l == 0) {
          int character = row < streams ? characters[row] : 0;
          setRow(gates, row, weights.lookupTable, character * 4 * hp, 4 * hp);
        } else {
          setRow(gates, row, weights.bias[l], 0, 4 * hp);
        }
      }
      if (l > 0) {
        addProduct(kernels, hidden[l - 1], weights.input[l], gates, 4 * hp);
      }
      addProduct(kernels, hidden[l], weights.recurrent[l], gates, 4 * hp);
      int n = rowsPerBlock * hp;
      for (int block = 0; block < rowBlocks; block++) {
        int offset = BASE + block * n;
        kernels.activate(
            n, gates, BASE + block * 4 * n, n, cell[l], offset, tanhCell, BASE, hidden[l], offset);
      }
    }
    for (int row = 0; row < rowBlocks * rowsPerBlock; row++) {
      setRow(padded, row, weights.bias[layers], 0, weights.vp);
    }
    addProduct(kernels, hidden[layers - 1], weights.input[layers], padded, weights.vp);
    for (int row = 0; row < streams; row++) {
      for (int k = 0; k < v; k += NR) {
        int from = offset(row, k / NR, weights.vp);
        System.arraycopy(padded, from, logits, row * v + k, Math.min(NR, v - k));
      }
    }
  }

  /** Sets a row of z; a single one without the Vector API, which is slow at first. */
  private void setRow(float[] z, int row, float[] from, int fromOffset, int columns) {
    int offset = offset(row, 0, columns);
    if (rowsPerBlock == 1) {
      System.arraycopy(from, BASE + fromOffset, z, offset, columns);
    } else {
      Panels.scatter(from, BASE + fromOffset, columns / NR, z, offset, rowsPerBlock * NR);
    }
  }

  /** Returns the offset of a row's panel in an array with so many columns. */
  private int offset(int row, int panel, int columns) {
    return BASE
        + row / rowsPerBlock * rowsPerBlock * columns
        + (panel * rowsPerBlock + row % rowsPerBlock) * NR;
  }

  /** z += x W. */
  private void addProduct(RowKernels kernels, float[] x, float[] w, float[] z, int columns) {
    int panels = columns / NR;
    if (rowsPerBlock == ROW_BLOCK) {
      Gemm.gemm(
          rowBlocks,
          weights.hp / NR,
          x,
          BASE,
          ROW_BLOCK * weights.hp,
          ROW_BLOCK * NR,
          w,
          BASE,
          panels,
          z,
          BASE,
          ROW_BLOCK * columns,
          ROW_BLOCK * NR);
    } else if (workers == null) {
      addGemv(kernels, x, w, z, columns, 0, panels);
    } else {
      workers.run(
          (panels + PANELS_PER_TASK - 1) / PANELS_PER_TASK,
          task -> {
            int first = task * PANELS_PER_TASK;
            addGemv(kernels, x, w, z, columns, first, Math.min(PANELS_PER_TASK, panels - first));
          });
    }
  }

  private void addGemv(
      RowKernels kernels,
      float[] x,
      float[] w,
      float[] z,
      int columns,
      int firstPanel,
      int panels) {
    int hp = weights.hp;
    for (int row = 0; row < streams; row++) {
      kernels.gemv(
          hp,
          x,
          BASE + row * hp,
          w,
          BASE + firstPanel * hp * NR,
          panels,
          z,
          offset(row, firstPanel, columns));
    }
  }

  @Override
  public void reset() {
    for (int l = 0; l < layers; l++) {
      Arrays.fill(hidden[l], 0);
      Arrays.fill(cell[l], 0);
    }
  }
}
