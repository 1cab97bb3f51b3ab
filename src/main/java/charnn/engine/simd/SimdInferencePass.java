package charnn.engine.simd;

import static charnn.engine.simd.Activations.matrices;
import static charnn.engine.simd.gemm.Simd.BASE;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.engine.ActivationSink;
import charnn.engine.InferencePass;
import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.cell.CellTile;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedPanels;
import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.gemm.Panels;
import charnn.engine.simd.gemm.PlainGemv;
import charnn.engine.simd.gemm.Simd;
import charnn.nn.CellType;
import charnn.nn.Clamp;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import charnn.util.ThreadTeam;
import java.util.Arrays;
import java.util.List;
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

  private final CellType cell;
  private final List<Clamp> clamps;
  private final Recorder recorder; // null: none
  private final AtomicLong multiplyAdds; // with plain kernels, by all passes of the engine
  private final PackedWeights weights;
  private final CellKernel kernel;
  private final ThreadTeam workers; // null: not parallelised
  private final int layers;
  private final int streams; // B
  private final int rowsPerBlock; // ROW_BLOCK, or 1 if there are few streams
  private final int rowBlocks; // N
  private final int v;
  private final int documentMark; // -1: none
  private final long multiplyAddsPerStep;

  // [N][panels][rowsPerBlock]; P panels make up Hp:
  private final PanelMatrix[] hidden; // for each layer, of P panels
  private final PanelMatrix[][] own; // for each layer, its other states
  private final PanelMatrix intermediate; // of P panels; null but of a multiplicative cell
  private final PanelMatrix gates; // of G P panels
  private final PanelMatrix padded; // logits, of Vp / NR panels
  private final CellTile[] tiles; // of each layer

  // Of each layer:
  private final RowProduct[] input; // none of the first
  private final RowProduct[] ofHidden; // of the output layer none
  private final RowProduct[] ofIntermediate; // of a multiplicative cell

  /**
   * z += x W.
   *
   * @param x views of each row, or of all rows for GEMM
   * @param weights in tasks
   * @param z views of each whole row, or for GEMM of all rows from the first of W's panels on
   */
  private record RowProduct(MatrixView[] x, PackedPanels[] weights, MatrixView[] z) {}

  /**
   * @param weights read only
   * @param multiplyAdds counted by all passes of the engine
   * @param clamps units that are held at values
   * @param sink receives what the cells of the first stream do; null for none
   */
  SimdInferencePass(
      NetworkSpec architecture,
      PackedWeights weights,
      int streams,
      ThreadTeam workers,
      AtomicLong multiplyAdds,
      List<Clamp> clamps,
      ActivationSink sink) {
    this.cell = architecture.cell();
    this.clamps = List.copyOf(clamps);
    this.recorder = sink == null ? null : new Recorder(architecture, sink);
    this.multiplyAdds = multiplyAdds;
    this.weights = weights;
    this.kernel = CellKernel.of(architecture.cell(), 0);
    this.layers = architecture.layers();
    this.streams = streams;
    this.rowsPerBlock = streams < MIN_GEMM_STREAMS ? 1 : ROW_BLOCK;
    this.rowBlocks = (streams + rowsPerBlock - 1) / rowsPerBlock;
    this.v = architecture.vocabularySize();
    this.documentMark = architecture.documentMark();
    boolean parallel =
        rowsPerBlock == 1
            && workers.count() > 1
            && architecture.parameterCount() >= MIN_PARALLEL_PARAMETERS;
    this.workers = parallel ? workers : null;
    int panels = Simd.padded(architecture.hiddenSize()) / NR;
    hidden = matrices(layers, rowBlocks, panels, rowsPerBlock);
    gates = matrix(weights.columns[0].panels());
    padded = matrix(weights.columns[layers].panels());
    boolean multiplies = architecture.cell().isMultiplicative();
    intermediate = multiplies ? matrix(panels) : null;
    own = new PanelMatrix[layers][];
    tiles = new CellTile[layers];
    input = new RowProduct[layers + 1];
    ofHidden = new RowProduct[layers];
    ofIntermediate = new RowProduct[layers];
    PanelMatrix[] stash = matrices(kernel.stashes(), rowBlocks, panels, rowsPerBlock);
    long perRow = 0;
    for (int l = 0; l <= layers; l++) {
      if (l > 0) {
        input[l] = product(hidden[l - 1], weights.input[l], l < layers ? gates : padded);
        perRow += (long) panels * NR * weights.input[l].panels() * NR;
      }
      if (l < layers) {
        ofHidden[l] =
            product(hidden[l], multiplies ? weights.intermediate[l] : weights.recurrent[l], gates);
        ofIntermediate[l] = multiplies ? product(intermediate, weights.recurrent[l], gates) : null;
        perRow += (long) panels * NR * weights.columns[l].panels() * NR;
        own[l] = matrices(architecture.cell().states() - 1, rowBlocks, panels, rowsPerBlock);
        tiles[l] = new CellTile(panels, gates, hidden[l], own[l], stash);
      }
    }
    multiplyAddsPerStep = rowBlocks * perRow;
  }

  private PanelMatrix matrix(int panels) {
    return new PanelMatrix(rowBlocks, panels, rowsPerBlock);
  }

  private RowProduct product(PanelMatrix x, PackedWeight weight, PanelMatrix z) {
    boolean rows = rowsPerBlock == 1;
    return new RowProduct(views(x, 0), tasks(weight), views(z, rows ? 0 : weight.firstPanel));
  }

  private MatrixView[] views(PanelMatrix matrix, int panel) {
    MatrixView[] views = new MatrixView[rowsPerBlock == 1 ? rowBlocks : 1];
    Arrays.setAll(views, row -> matrix.acrossBlocks().at(row, panel, 0));
    return views;
  }

  private PackedPanels[] tasks(PackedWeight weight) {
    if (workers == null) {
      return new PackedPanels[] {weight.matrix.panels()};
    }
    int panels = weight.panels();
    PackedPanels[] tasks = new PackedPanels[(panels + PANELS_PER_TASK - 1) / PANELS_PER_TASK];
    for (int i = 0; i < tasks.length; i++) {
      int first = i * PANELS_PER_TASK;
      int count = Math.min(PANELS_PER_TASK, panels - first);
      tasks[i] = weight.matrix.panels(weight.firstPanel + first, count);
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
    for (int row = 0; row < streams; row++) {
      if (characters[row] == documentMark) {
        clearStates(row);
      }
    }
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
        add(plain, input[l]);
      }
      add(plain, ofHidden[l]);
      if (intermediate != null) {
        multiply(plain, l);
        add(plain, ofIntermediate[l]);
      }
      if (!clamps.isEmpty()) {
        hold(l);
      }
      for (int block = 0; block < rowBlocks; block++) {
        CellTile tile = tiles[l].at(block, 0, 0);
        if (plain) {
          kernel.forwardPlain(tile);
        } else {
          kernel.forward(tile);
        }
      }
      if (recorder != null) {
        recorder.record(l);
      }
    }
    for (int row = 0; row < rowBlocks * rowsPerBlock; row++) {
      setRow(padded, row, weights.bias[layers], 0, weights.columns[layers].padded());
    }
    add(plain, input[layers]);
    for (int row = 0; row < streams; row++) {
      for (int k = 0; k < v; k += NR) {
        int from = padded.offset(row / rowsPerBlock, k / NR, row % rowsPerBlock);
        System.arraycopy(padded.values(), from, logits, row * v + k, Math.min(NR, v - k));
      }
    }
  }

  /** Sets the states and the pre-activations of the units of a layer that are held. */
  private void hold(int layer) {
    for (Clamp clamp : clamps) {
      for (int row = 0; clamp.layer() == layer && row < streams; row++) {
        int stream = row;
        clamp.hold(cell, (gate, z) -> gates.values()[at(gates, stream, gate, clamp.unit())] = z);
        PanelMatrix memory = states(layer, cell.memory());
        memory.values()[at(memory, stream, 0, clamp.unit())] = clamp.value();
      }
    }
  }

  /** Returns the offset of a unit of a stream in one of the blocks of units of a matrix. */
  private int at(PanelMatrix matrix, int stream, int block, int unit) {
    int panel = block * hidden[0].panels() + unit / NR;
    return matrix.offset(stream / rowsPerBlock, panel, stream % rowsPerBlock) + unit % NR;
  }

  private PanelMatrix states(int layer, int state) {
    return state == 0 ? hidden[layer] : own[layer][state - 1];
  }

  /** Copies what the cells of the first stream do. */
  private final class Recorder {
    private final ActivationSink sink;
    private final float[][] gatesOf; // [G][H] of a layer
    private final float[][] statesOf; // [S][H]

    Recorder(NetworkSpec architecture, ActivationSink sink) {
      this.sink = sink;
      gatesOf = new float[architecture.cell().gates()][architecture.hiddenSize()];
      statesOf = new float[architecture.cell().states()][architecture.hiddenSize()];
    }

    void record(int layer) {
      for (int gate = 0; gate < gatesOf.length; gate++) {
        copy(gates, gate, gatesOf[gate]);
      }
      for (int state = 0; state < statesOf.length; state++) {
        copy(states(layer, state), 0, statesOf[state]);
      }
      sink.activated(layer, gatesOf, statesOf);
    }

    private void copy(PanelMatrix from, int block, float[] to) {
      for (int unit = 0; unit < to.length; unit += NR) {
        int units = Math.min(NR, to.length - unit);
        System.arraycopy(from.values(), at(from, 0, block, unit), to, unit, units);
      }
    }
  }

  /** Sets the states of a stream, of all layers, to zero. */
  private void clearStates(int stream) {
    for (int l = 0; l < layers; l++) {
      clear(hidden[l], stream);
      for (PanelMatrix states : own[l]) {
        clear(states, stream);
      }
    }
  }

  private void clear(PanelMatrix states, int stream) {
    for (int p = 0; p < states.panels(); p++) {
      int offset = states.offset(stream / rowsPerBlock, p, stream % rowsPerBlock);
      Arrays.fill(states.values(), offset, offset + NR, 0);
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

  /** Computes the intermediate state of a layer. */
  private void multiply(boolean plain, int l) {
    for (int block = 0; block < rowBlocks; block++) {
      CellTile tile = tiles[l].at(block, 0, 0);
      int offset = intermediate.offset(block, 0, 0);
      if (plain) {
        tile.intermediatePlain(intermediate.values(), offset);
      } else {
        tile.intermediate(intermediate.values(), offset);
      }
    }
  }

  /** z += x W. */
  private void add(boolean plain, RowProduct product) {
    PackedPanels[] w = product.weights;
    if (rowsPerBlock == ROW_BLOCK) {
      Gemm.gemm(rowBlocks, product.x[0], w[0], null, product.z[0]);
    } else if (workers == null) {
      addGemv(plain, product, w[0]);
    } else {
      workers.run(w.length, task -> addGemv(plain, product, w[task]));
    }
  }

  private static void addGemv(boolean plain, RowProduct product, PackedPanels w) {
    for (int row = 0; row < product.x.length; row++) {
      if (plain) {
        PlainGemv.gemv(product.x[row], w, product.z[row]);
      } else {
        Gemm.gemv(product.x[row], w, product.z[row]);
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
        PanelMatrix panels = states(l, s);
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
