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
  private static final long PLAIN_MULTIPLICATIONS = 1L << 31;

  private static final AtomicLong MULTIPLICATIONS = new AtomicLong();

  private static final RowKernels PLAIN = new PlainRowKernels();
  private static final RowKernels VECTORS = new VectorRowKernels();

  private final PackedWeights weights;
  private final Workers workers; // null: no sharing
  private final int layers;
  private final int streams; // B
  private final int height; // rows of a group: GROUP, or 1 if there are few
  private final int groups; // G
  private final int v;

  // All begin at ORIGIN. P panels make up Hp:
  private final float[][] hidden; // for each layer: [G][P][height][PANEL]
  private final float[][] cell; // for each layer: [G][P][height][PANEL]
  private final float[] gates; // [G][4P][height][PANEL]
  private final float[] tanhCell; // [P][height][PANEL], written but not needed
  private final float[] padded; // logits: [G][Vp/PANEL][height][PANEL]

  SimdInferencePass(Network network, int streams, Workers workers) {
    Architecture architecture = network.architecture();
    this.layers = architecture.layers();
    this.streams = streams;
    this.height = streams < MIN_GROUPED ? 1 : GROUP;
    this.groups = (streams + height - 1) / height;
    this.v = architecture.alphabetSize();
    this.weights = new PackedWeights(network, false);
    weights.refresh(workers);
    boolean shared =
        height == 1 && workers.count() > 1 && network.parameters().length >= MIN_SHARED;
    this.workers = shared ? workers : null;
    int rows = groups * height;
    hidden = new float[layers][];
    cell = new float[layers][];
    Arrays.setAll(hidden, l -> floats(rows * weights.hp));
    Arrays.setAll(cell, l -> floats(rows * weights.hp));
    gates = floats(rows * 4 * weights.hp);
    tanhCell = floats(height * weights.hp);
    padded = floats(rows * weights.vp);
  }

  @Override
  public void step(int[] characters, float[] logits) {
    boolean plain = height == 1 && MULTIPLICATIONS.get() < PLAIN_MULTIPLICATIONS;
    if (plain) {
      MULTIPLICATIONS.addAndGet(groups * weights.multiplications());
    }
    step(plain ? PLAIN : VECTORS, characters, logits);
  }

  /**
   * Makes a step.
   *
   * @param kernels for rows that are not grouped; the results are the same with any
   */
  void step(RowKernels kernels, int[] characters, float[] logits) {
    int hp = weights.hp;
    for (int l = 0; l < layers; l++) {
      for (int row = 0; row < groups * height; row++) {
        if (l == 0) {
          int character = row < streams ? characters[row] : 0;
          setRow(gates, row, weights.table, character * 4 * hp, 4 * hp);
        } else {
          setRow(gates, row, weights.bias[l], 0, 4 * hp);
        }
      }
      if (l > 0) {
        add(kernels, hidden[l - 1], weights.input[l], gates, 4 * hp);
      }
      add(kernels, hidden[l], weights.recurrent[l], gates, 4 * hp);
      int n = height * hp;
      for (int g = 0; g < groups; g++) {
        int at = ORIGIN + g * n;
        kernels.activate(
            n, gates, ORIGIN + g * 4 * n, n, cell[l], at, tanhCell, ORIGIN, hidden[l], at);
      }
    }
    for (int row = 0; row < groups * height; row++) {
      setRow(padded, row, weights.bias[layers], 0, weights.vp);
    }
    add(kernels, hidden[layers - 1], weights.input[layers], padded, weights.vp);
    for (int row = 0; row < streams; row++) {
      for (int k = 0; k < v; k += PANEL) {
        int from = place(row, k / PANEL, weights.vp);
        System.arraycopy(padded, from, logits, row * v + k, Math.min(PANEL, v - k));
      }
    }
  }

  /** Sets a row of some columns; a single one without the Vector API, which is slow at first. */
  private void setRow(float[] z, int row, float[] from, int fromAt, int columns) {
    int at = place(row, 0, columns);
    if (height == 1) {
      System.arraycopy(from, ORIGIN + fromAt, z, at, columns);
    } else {
      Panels.spread(from, ORIGIN + fromAt, columns / PANEL, z, at, height * PANEL);
    }
  }

  /** Where a panel of a row of some columns is. */
  private int place(int row, int panel, int columns) {
    return ORIGIN + row / height * height * columns + (panel * height + row % height) * PANEL;
  }

  /** z += x W. */
  private void add(RowKernels kernels, float[] x, float[] w, float[] z, int columns) {
    int panels = columns / PANEL;
    if (height == GROUP) {
      MatrixProduct.add(
          groups,
          weights.hp / PANEL,
          x,
          ORIGIN,
          GROUP * weights.hp,
          GROUP * PANEL,
          w,
          ORIGIN,
          panels,
          z,
          ORIGIN,
          GROUP * columns,
          GROUP * PANEL);
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
    for (int row = 0; row < streams; row++) {
      kernels.addVector(
          hp,
          x,
          ORIGIN + row * hp,
          w,
          ORIGIN + firstPanel * hp * PANEL,
          panels,
          z,
          place(row, firstPanel, columns));
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
