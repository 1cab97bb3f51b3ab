package charnn.engine.simd;

import static charnn.engine.simd.Simd.GROUP;
import static charnn.engine.simd.Simd.ORIGIN;
import static charnn.engine.simd.Simd.PANEL;
import static charnn.engine.simd.Simd.floats;

import charnn.engine.InferencePass;
import charnn.engine.Workers;
import charnn.model.Architecture;
import charnn.model.Network;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Streams through all layers, a character at a time: a few of them one by one, more in groups of 8.
 *
 * <p>One stream of a large network is bound by the memory that the weights come from; there, the
 * workers share the columns.
 */
final class SimdInferencePass implements InferencePass {
  /** Below this many streams, a group would be mostly padding. */
  private static final int MIN_GROUPED = 4;

  /** A network of at least this many parameters is out of one core's own cache. */
  private static final int MIN_SHARED = 1 << 20;

  /** Panels that a worker takes at once. */
  private static final int SHARED_PANELS = 4;

  /** Multiplications, by all passes of this process, that the plain kernels are used for. */
  private static final long PLAIN_MULTIPLICATIONS = 1L << 29;

  private static final AtomicLong MULTIPLICATIONS = new AtomicLong();

  private static final RowKernels PLAIN = new PlainRowKernels();
  private static final RowKernels VECTORS = new VectorRowKernels();

  private final PackedWeights weights;
  private final Workers workers; // null: no sharing
  private final int layers;
  private final int streams; // B
  private final int rows; // B, padded to whole groups if they are grouped
  private final int v;

  // All begin at ORIGIN:
  private final float[][] hidden; // for each layer: [rows x Hp]
  private final float[][] cell; // for each layer: [rows x Hp]
  private final float[] gates; // [rows x 4Hp]
  private final float[] tanhCell; // [rows x Hp], written but not needed
  private final float[] padded; // [rows x Vp] logits

  SimdInferencePass(Network network, int streams, Workers workers) {
    Architecture architecture = network.architecture();
    this.layers = architecture.layers();
    this.streams = streams;
    this.rows = streams < MIN_GROUPED ? streams : (streams + GROUP - 1) / GROUP * GROUP;
    this.v = architecture.alphabetSize();
    this.weights = new PackedWeights(network, false);
    weights.refresh(workers);
    boolean shared =
        streams < MIN_GROUPED && workers.count() > 1 && network.parameters().length >= MIN_SHARED;
    this.workers = shared ? workers : null;
    hidden = new float[layers][];
    cell = new float[layers][];
    Arrays.setAll(hidden, l -> floats(rows * weights.hp));
    Arrays.setAll(cell, l -> floats(rows * weights.hp));
    gates = floats(rows * 4 * weights.hp);
    tanhCell = floats(rows * weights.hp);
    padded = floats(rows * weights.vp);
  }

  @Override
  public void step(int[] characters, float[] logits) {
    RowKernels kernels = MULTIPLICATIONS.get() < PLAIN_MULTIPLICATIONS ? PLAIN : VECTORS;
    if (kernels == PLAIN) {
      MULTIPLICATIONS.addAndGet((long) rows * weights.multiplications());
    }
    step(kernels, characters, logits);
  }

  /** Makes a step with given kernels; the results are the same. */
  void step(RowKernels kernels, int[] characters, float[] logits) {
    int hp = weights.hp;
    for (int l = 0; l < layers; l++) {
      for (int row = 0; row < rows; row++) {
        int at = ORIGIN + row * 4 * hp;
        if (l == 0) {
          int character = row < streams ? characters[row] : 0;
          System.arraycopy(weights.table, ORIGIN + character * 4 * hp, gates, at, 4 * hp);
        } else {
          System.arraycopy(weights.bias[l], ORIGIN, gates, at, 4 * hp);
        }
      }
      if (l > 0) {
        add(kernels, hidden[l - 1], weights.input[l], gates, 4 * hp);
      }
      add(kernels, hidden[l], weights.recurrent[l], gates, 4 * hp);
      for (int row = 0; row < rows; row++) {
        int at = ORIGIN + row * hp;
        int gatesAt = ORIGIN + row * 4 * hp;
        kernels.activate(hp, gates, gatesAt, hp, cell[l], at, tanhCell, at, hidden[l], at);
      }
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(weights.bias[layers], ORIGIN, padded, ORIGIN + row * weights.vp, weights.vp);
    }
    add(kernels, hidden[layers - 1], weights.input[layers], padded, weights.vp);
    for (int row = 0; row < streams; row++) {
      System.arraycopy(padded, ORIGIN + row * weights.vp, logits, row * v, v);
    }
  }

  /** z += x W. */
  private void add(RowKernels kernels, float[] x, float[] w, float[] z, int columns) {
    int hp = weights.hp;
    int panels = columns / PANEL;
    if (rows >= GROUP && kernels == VECTORS) {
      MatrixProduct.add(
          rows / GROUP,
          hp,
          x,
          ORIGIN,
          GROUP * hp,
          hp,
          PANEL,
          w,
          ORIGIN,
          panels,
          z,
          ORIGIN,
          GROUP * columns,
          columns,
          PANEL);
    } else if (workers == null) {
      addRows(kernels, x, w, z, columns, 0, panels);
    } else {
      workers.run(
          (panels + SHARED_PANELS - 1) / SHARED_PANELS,
          part -> {
            int first = part * SHARED_PANELS;
            addRows(kernels, x, w, z, columns, first, Math.min(SHARED_PANELS, panels - first));
          });
    }
  }

  private void addRows(
      RowKernels kernels,
      float[] x,
      float[] w,
      float[] z,
      int columns,
      int firstPanel,
      int panels) {
    int hp = weights.hp;
    for (int row = 0; row < rows; row++) {
      kernels.addVector(
          hp,
          x,
          ORIGIN + row * hp,
          w,
          ORIGIN + firstPanel * hp * PANEL,
          panels,
          z,
          ORIGIN + row * columns + firstPanel * PANEL);
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
