package charnn.engine.simd;

import static charnn.engine.simd.Activations.matrices;
import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.engine.InferencePass;
import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.cell.CellTile;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedMatrix;
import charnn.engine.simd.gemm.PackedPanels;
import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.gemm.Panels;
import charnn.engine.simd.gemm.PlainGemv;
import charnn.engine.simd.gemm.Simd;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
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

  private final AtomicLong multiplyAdds; // with plain kernels, by all passes of the engine
  private final PackedWeights weights;
  private final CellKernel kernel;
  private final ThreadTeam workers; // null: not parallelised
  private final int layers;
  private final int streams; // B
  private final int rowsPerBlock; // ROW_BLOCK, or 1 if there are few streams
  private final int rowBlocks; // N
  private final int v;
  private final long multiplyAddsPerStep;

  // [N][panels][rowsPerBlock]; P panels make up Hp:
  private final PanelMatrix[] hidden; // for each layer, of P panels
  private final PanelMatrix[][] own; // for each layer, its other states
  private final PanelMatrix gates; // of G P panels
  private final PanelMatrix padded; // logits, of Vp / NR panels
  private final CellTile[] tiles; // of each layer

  // Operands of the products, views of each row, or of all rows for GEMM:
  private final MatrixView[][] x; // hidden, of each layer
  private final MatrixView[] z; // gates
  private final MatrixView[] y; // logits
  private final PackedPanels[][] input; // of each layer, in tasks
  private final PackedPanels[][] recurrent;

  /**
   * @param weights read only
   * @param multiplyAdds counted by all passes of the engine
   */
  SimdInferencePass(
      NetworkSpec architecture,
      PackedWeights weights,
      int streams,
      ThreadTeam workers,
      AtomicLong multiplyAdds) {
    this.multiplyAdds = multiplyAdds;
    this.weights = weights;
    this.kernel = CellKernel.of(architecture.cell());
    this.layers = architecture.layers();
    this.streams = streams;
    this.rowsPerBlock = streams < MIN_GEMM_STREAMS ? 1 : ROW_BLOCK;
    this.rowBlocks = (streams + rowsPerBlock - 1) / rowsPerBlock;
    this.v = architecture.vocabularySize();
    boolean parallel =
        rowsPerBlock == 1
            && workers.count() > 1
            && architecture.parameterCount() >= MIN_PARALLEL_PARAMETERS;
    this.workers = parallel ? workers : null;
    int panels = Simd.padded(architecture.hiddenSize()) / NR;
    hidden = matrices(layers, rowBlocks, panels, rowsPerBlock);
    gates = matrix(weights.columns[0].panels());
    padded = matrix(weights.columns[layers].panels());
    own = new PanelMatrix[layers][];
    tiles = new CellTile[layers];
    x = new MatrixView[layers][];
    z = views(gates);
    y = views(padded);
    input = new PackedPanels[layers + 1][];
    recurrent = new PackedPanels[layers][];
    PanelMatrix[] stash = matrices(kernel.stashes(), rowBlocks, panels, rowsPerBlock);
    long perRow = 0;
    for (int l = 0; l <= layers; l++) {
      int columns = weights.columns[l].panels();
      if (l > 0) {
        input[l] = tasks(weights.input[l], columns);
        perRow += (long) panels * NR * columns * NR;
      }
      if (l < layers) {
        recurrent[l] = tasks(weights.recurrent[l], columns);
        perRow += (long) panels * NR * columns * NR;
        own[l] = matrices(architecture.cell().states() - 1, rowBlocks, panels, rowsPerBlock);
        tiles[l] = new CellTile(panels, gates, hidden[l], own[l], stash);
        x[l] = views(hidden[l]);
      }
    }
    multiplyAddsPerStep = rowBlocks * perRow;
  }

  private PanelMatrix matrix(int panels) {
    return new PanelMatrix(rowBlocks, panels, rowsPerBlock);
  }

  private MatrixView[] views(PanelMatrix matrix) {
    MatrixView[] views = new MatrixView[rowsPerBlock == 1 ? rowBlocks : 1];
    Arrays.setAll(views, row -> matrix.acrossBlocks().at(row, 0, 0));
    return views;
  }

  private PackedPanels[] tasks(PackedMatrix matrix, int panels) {
    if (workers == null) {
      return new PackedPanels[] {matrix.panels()};
    }
    PackedPanels[] tasks = new PackedPanels[(panels + PANELS_PER_TASK - 1) / PANELS_PER_TASK];
    for (int i = 0; i < tasks.length; i++) {
      int first = i * PANELS_PER_TASK;
      tasks[i] = matrix.panels(first, Math.min(PANELS_PER_TASK, panels - first));
    }
    return tasks;
  }

  @Override
  public void step(int[] characters, float[] logits) {
    boolean plain = rowsPerBlock == 1 && multiplyAdds.get() < PLAIN_MULTIPLY_ADDS;
    if (plain) {
      multiplyAdds.addAndGet(multiplyAddsPerStep);
    }
    step(plain, characters, logits);
  }

  /**
   * Makes a step.
   *
   * @param plain whether single rows are computed in plain loops; results are bit-identical
   */
  void step(boolean plain, int[] characters, float[] logits) {
    int gateColumns = weights.columns[0].padded();
    for (int l = 0; l < layers; l++) {
      for (int row = 0; row < rowBlocks * rowsPerBlock; row++) {
        if (l == 0) {
          int character = row < streams ? characters[row] : 0;
          setRow(gates, row, weights.lookupTable, character * gateColumns, gateColumns);
        } else {
          setRow(gates, row, weights.bias[l], 0, gateColumns);
        }
      }
      if (l > 0) {
        addProduct(plain, x[l - 1], input[l], z);
      }
      addProduct(plain, x[l], recurrent[l], z);
      for (int block = 0; block < rowBlocks; block++) {
        CellTile tile = tiles[l].at(block, 0, 0);
        if (plain) {
          kernel.forwardPlain(tile);
        } else {
          kernel.forward(tile);
        }
      }
    }
    for (int row = 0; row < rowBlocks * rowsPerBlock; row++) {
      setRow(padded, row, weights.bias[layers], 0, weights.columns[layers].padded());
    }
    addProduct(plain, x[layers - 1], input[layers], y);
    for (int row = 0; row < streams; row++) {
      for (int k = 0; k < v; k += NR) {
        int from = padded.offset(row / rowsPerBlock, k / NR, row % rowsPerBlock);
        System.arraycopy(padded.values(), from, logits, row * v + k, Math.min(NR, v - k));
      }
    }
  }

  /** Sets a row of z; a single one without the Vector API, which is slow at first. */
  private void setRow(PanelMatrix z, int row, float[] from, int fromOffset, int columns) {
    int offset = z.offset(row / rowsPerBlock, 0, row % rowsPerBlock);
    if (rowsPerBlock == 1) {
      System.arraycopy(from, BASE + fromOffset, z.values(), offset, columns);
    } else {
      Panels.scatter(from, BASE + fromOffset, columns / NR, z.values(), offset, rowsPerBlock * NR);
    }
  }

  /** z += x W. */
  private void addProduct(boolean plain, MatrixView[] x, PackedPanels[] w, MatrixView[] z) {
    if (rowsPerBlock == ROW_BLOCK) {
      Gemm.gemm(rowBlocks, x[0], w[0], null, z[0]);
    } else if (workers == null) {
      addGemv(plain, x, w[0], z);
    } else {
      workers.run(w.length, task -> addGemv(plain, x, w[task], z));
    }
  }

  private static void addGemv(boolean plain, MatrixView[] x, PackedPanels w, MatrixView[] z) {
    for (int row = 0; row < x.length; row++) {
      if (plain) {
        PlainGemv.gemv(x[row], w, z[row]);
      } else {
        Gemm.gemv(x[row], w, z[row]);
      }
    }
  }

  @Override
  public void save(int stream, RecurrentState to) {
    copy(stream, to, true);
  }

  @Override
  public void load(int stream, RecurrentState from) {
    copy(stream, from, false);
  }

  /**
   * @param save whether to copy to the state, not from it
   */
  private void copy(int stream, RecurrentState state, boolean save) {
    for (int s = 0; s < state.values().length; s++) {
      for (int l = 0; l < layers; l++) {
        PanelMatrix panels = s == 0 ? hidden[l] : own[l][s - 1];
        float[] row = state.values()[s][l];
        for (int unit = 0; unit < row.length; unit += NR) {
          int at = panels.offset(stream / rowsPerBlock, unit / NR, stream % rowsPerBlock);
          int units = Math.min(NR, row.length - unit);
          if (save) {
            System.arraycopy(panels.values(), at, row, unit, units);
          } else {
            System.arraycopy(row, unit, panels.values(), at, units);
          }
        }
      }
    }
  }
}
