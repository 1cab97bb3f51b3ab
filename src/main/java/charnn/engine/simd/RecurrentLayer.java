package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.LANES;
import static charnn.engine.simd.gemm.Simd.NR;
import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;
import static charnn.engine.simd.gemm.Simd.SPECIES;

import charnn.engine.simd.cell.CellKernel;
import charnn.engine.simd.cell.CellTile;
import charnn.engine.simd.gemm.Gemm;
import charnn.engine.simd.gemm.MatrixView;
import charnn.engine.simd.gemm.PackedPanels;
import charnn.engine.simd.gemm.PanelMatrix;
import charnn.engine.simd.gemm.RowView;
import charnn.engine.simd.gemm.Simd;
import charnn.engine.simd.math.DropoutVectors;
import charnn.engine.simd.schedule.Rows;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A recurrent layer of any cell, for some panels of its hidden units: z = x W + b for several time
 * steps at once, then in each step z += h R, and the cell's kernel. Backwards, the kernel gives dz,
 * and dh += dz R^T.
 *
 * <p>A multiplicative cell's time step has two stages: the intermediate state m, then z += m R, for
 * which m of all units is needed. Backwards, the kernel gives dz, then dm = dz R^T, and that the
 * gradients of what m is the product of.
 *
 * <p>Where a document begins, the state before the step is zero, and no gradient goes back over it.
 * The layer's output is another array then, so that h before the step can be zero for R alone.
 *
 * <p>It has views of its own, so it belongs to one thread at a time.
 */
final class RecurrentLayer {
  /**
   * Time steps that one GEMM of the input projection, or of its backward pass, computes. The more,
   * the less often the weights are read; but the steps' activations must stay in the cache. With 16
   * registers, GEMM packs half of them at a time.
   */
  static final int STEPS_PER_GEMM = 8;

  private final int layer;
  private final int h;
  private final int firstPanel;
  private final int lastPanel;
  private final Window window;
  private final Activations acts;
  private final Scratch scratch;
  private final CellKernel kernel;
  private final CellTile tile;
  private final DropoutVectors dropout;

  // Forward:
  private final MatrixView input; // x of several time steps; null in the first layer
  private final PackedPanels[] inputWeights; // contiguous panels: all, or those of each gate
  private final RowView bias; // in the first layer, the rows of the lookup table
  private final MatrixView projection; // z of several time steps
  private final MatrixView hidden;
  private final MatrixView intermediate; // m of a multiplicative cell; else null
  private final Product[][] products; // of each stage of a time step
  private final MatrixView gates; // z, in the backward pass dz
  private final MatrixView toDrop;
  private final MatrixView mask;
  private final MatrixView outputs;

  // Backward:
  private final MatrixView dzAbove; // of several time steps
  private final int firstPanelAbove; // of dzAbove, that W reaches
  private final PackedPanels weightsAbove; // transposed
  private final RowView zeros;
  private final MatrixView dOutput; // of several time steps
  private final PackedPanels hiddenTransposed; // of the columns that read h
  private final int firstHiddenPanel; // of dz
  private final MatrixView dHidden;
  private final PackedPanels intermediateTransposed; // of the columns that read m; null without
  private final int firstIntermediatePanel; // of dz
  private final MatrixView dIntermediate; // null without

  /**
   * @param h without the padding
   * @param firstPanel of the hidden units, until lastPanel
   */
  RecurrentLayer(
      int layer,
      int h,
      int firstPanel,
      int lastPanel,
      Window window,
      Activations acts,
      Scratch scratch,
      PackedWeights weights,
      CellKernel kernel,
      DropoutVectors dropout) {
    this.layer = layer;
    this.h = h;
    this.firstPanel = firstPanel;
    this.lastPanel = lastPanel;
    this.window = window;
    this.acts = acts;
    this.scratch = scratch;
    this.kernel = kernel;
    this.dropout = dropout;
    boolean first = layer == 0;
    Units units = new Units(acts.panels, firstPanel, lastPanel);
    input = first ? null : acts.output(layer - 1).alongTime();
    inputWeights = first ? null : units.of(weights.input[layer].matrix, 0, Integer.MAX_VALUE);
    bias =
        first
            ? new RowView(weights.lookupTable, window.lookupOffsets(), acts.windowRows)
            : new RowView(weights.bias[layer]);
    projection = acts.gates[layer].alongTime();
    hidden = acts.hidden[layer].acrossBlocks();
    intermediate = acts.isMultiplicative() ? acts.intermediate[layer].acrossBlocks() : null;
    products = units.products(layer, weights, hidden, intermediate);
    gates = acts.gates[layer].acrossBlocks();
    tile =
        new CellTile(
            acts.panels,
            acts.gates[layer],
            acts.hidden[layer],
            scratch.own[layer],
            scratch.stash[layer],
            scratch.dOutput,
            scratch.carried);
    toDrop = acts.hidden[layer].acrossBlocks();
    mask = acts.drops() ? scratch.mask[layer].acrossBlocks() : null;
    outputs = acts.copiesOutputs() ? acts.outputs[layer].acrossBlocks() : null;
    boolean last = layer + 1 == acts.gates.length;
    dzAbove = (last ? acts.logits : acts.gates[layer + 1]).alongTime();
    PackedWeight above = weights.input[layer + 1];
    firstPanelAbove = above.firstPanel;
    weightsAbove = above.transposed.panels(firstPanel, lastPanel - firstPanel);
    zeros = new RowView(Simd.floats(acts.panels * NR));
    dOutput = scratch.dOutput.alongTime();
    dHidden = scratch.dOutput.acrossBlocks();
    PackedWeight ofState = weights.recurrent[layer];
    PackedWeight ofHidden = ofState;
    if (acts.isMultiplicative()) {
      ofHidden = weights.intermediate[layer];
      firstIntermediatePanel = ofState.firstPanel;
      intermediateTransposed = ofState.transposed.panels(firstPanel, lastPanel - firstPanel);
      dIntermediate = scratch.dIntermediate[0].acrossBlocks();
    } else {
      firstIntermediatePanel = 0;
      intermediateTransposed = null;
      dIntermediate = null;
    }
    firstHiddenPanel = ofHidden.firstPanel;
    hiddenTransposed = ofHidden.transposed.panels(firstPanel, lastPanel - firstPanel);
  }

  /** Loads the state from before the window, of all units; padding rows have zero state. */
  void load(Rows rows) {
    for (int block = rows.first(); block < rows.last(); block++) {
      window.computeDropoutKeys(layer, block);
    }
    // Padding rows of h are never written.
    copyState(0, acts.hidden[layer], rows, 0, true);
    for (int s = 0; s < scratch.own[layer].length; s++) {
      for (int row = acts.batchSize; row < rows.last() * ROW_BLOCK; row++) {
        for (int p = 0; p < acts.panels; p++) {
          clear(scratch.own[layer][s], row / ROW_BLOCK, p, row % ROW_BLOCK);
        }
      }
      copyState(s + 1, scratch.own[layer][s], rows, 0, true);
    }
    if (window.resets(0)) {
      reset(0, rows, 0, acts.panels);
    }
  }

  /** Stores the state after the window, of all units. */
  void store(Rows rows) {
    copyState(0, acts.hidden[layer], rows, acts.windowRows, false);
    for (int s = 0; s < scratch.own[layer].length; s++) {
      copyState(s + 1, scratch.own[layer][s], rows, acts.windowRows, false);
    }
  }

  private void copyState(int state, PanelMatrix matrix, Rows rows, int rowInBlock, boolean loads) {
    float[] ofBatch = window.state(state, layer);
    int last = Math.min(rows.last() * ROW_BLOCK, acts.batchSize);
    for (int row = rows.first() * ROW_BLOCK; row < last; row++) {
      for (int p = 0; p < acts.panels; p++) {
        int offset = matrix.offset(row / ROW_BLOCK, p, rowInBlock + row % ROW_BLOCK);
        int from = row * h + p * NR;
        int units = Math.min(NR, h - p * NR);
        if (loads) {
          System.arraycopy(ofBatch, from, matrix.values(), offset, units);
        } else {
          System.arraycopy(matrix.values(), offset, ofBatch, from, units);
        }
      }
    }
  }

  private static void clear(PanelMatrix matrix, int block, int panel, int row) {
    int offset = matrix.offset(block, panel, row);
    Arrays.fill(matrix.values(), offset, offset + NR, 0);
  }

  /** Copies a row of a panel. */
  private static void copy(
      PanelMatrix from, int row, PanelMatrix to, int toRow, int block, int panel) {
    System.arraycopy(
        from.values(),
        from.offset(block, panel, row),
        to.values(),
        to.offset(block, panel, toRow),
        NR);
  }

  /**
   * Makes the states before a time step zero where a document begins, for some panels. All units
   * must have made the step before it, and none this one. h is kept in the outputs until {@link
   * #endForward}.
   */
  private void reset(int t, Rows rows, int first, int last) {
    PanelMatrix h = acts.hidden[layer];
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int row = t * ROW_BLOCK; row < (t + 1) * ROW_BLOCK; row++) {
        for (int p = first; p < last && window.resets(block, row); p++) {
          if (t > 0) {
            copy(h, row, acts.outputs[layer], row - ROW_BLOCK, block, p);
          }
          clear(h, block, p, row);
          for (PanelMatrix own : scratch.own[layer]) {
            clear(own, block, p, row);
          }
        }
      }
    }
  }

  /** Puts h, where documents begin within the window, back from the outputs; or zeroes it again. */
  private void swapReset(Rows rows, boolean zero) {
    PanelMatrix h = acts.hidden[layer];
    for (int t = 1; t < acts.seqLength; t++) {
      for (int block = rows.first(); block < rows.last() && window.resets(t); block++) {
        for (int row = t * ROW_BLOCK; row < (t + 1) * ROW_BLOCK; row++) {
          for (int p = firstPanel; p < lastPanel && window.resets(block, row); p++) {
            if (zero) {
              clear(h, block, p, row);
            } else {
              copy(acts.outputs[layer], row - ROW_BLOCK, h, row, block, p);
            }
          }
        }
      }
    }
  }

  /** One time step of the forward pass, or a stage of it. */
  void forward(int t, int stage, Rows rows) {
    if (input != null && stage == 0 && t % STEPS_PER_GEMM == 0) {
      project(t, Math.min(STEPS_PER_GEMM, acts.seqLength - t), rows);
    }
    int row = t * ROW_BLOCK;
    hidden.at(rows.first(), 0, row);
    if (intermediate != null) {
      intermediate.at(rows.first(), 0, row);
    }
    if (input == null) {
      bias.at(rows.first() * acts.windowRows + row);
    }
    for (Product product : products[stage]) {
      // z += h R; the first layer's z = (W + b)[token] + h R.
      PackedPanels r = product.weights();
      RowView d = product.begins() ? bias : null;
      Gemm.gemm(rows.count(), product.state(), r, d, gates.at(rows.first(), r.first(), row));
    }
    boolean last = stage + 1 == products.length;
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int p = firstPanel; p < lastPanel; p++) {
        tile.at(block, p, row);
        if (last) {
          kernel.forward(tile);
        } else {
          PanelMatrix m = acts.intermediate[layer];
          tile.intermediate(m.values(), m.offset(block, p, row));
        }
      }
    }
    if (last && t + 1 < acts.seqLength && window.resets(t + 1)) {
      reset(t + 1, rows, firstPanel, lastPanel);
    }
  }

  /** z = b + x W for some time steps from t on, where x is the output of the layer below. */
  private void project(int t, int times, Rows rows) {
    for (PackedPanels w : inputWeights) {
      for (int block = rows.first(); block < rows.last(); block++) {
        Gemm.gemm(
            times,
            input.at(block, 0, acts.outputRow(t)),
            w,
            bias,
            projection.at(block, w.first(), t * ROW_BLOCK));
      }
    }
  }

  /** Makes the output, with dropout if there is any, where h is not the output itself. */
  void endForward(Rows rows) {
    if (!acts.copiesOutputs()) {
      return;
    }
    swapReset(rows, false);
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int p = firstPanel; p < lastPanel; p++) {
        MatrixView h = toDrop.at(block, p, ROW_BLOCK);
        MatrixView output = outputs.at(block, p, 0);
        if (acts.drops()) {
          int[] keys = window.dropoutKeys(layer, block);
          dropout.drop(keys, acts.windowRows, p, h, mask.at(block, p, 0), output);
        } else {
          int count = acts.windowRows * NR;
          System.arraycopy(h.values(), h.offset(), output.values(), output.offset(), count);
        }
      }
    }
    swapReset(rows, true);
  }

  /** Computes the gradient with respect to the output, dz W^T with dz of the layer above. */
  void beginBackward(Rows rows) {
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int t = 0; t < acts.seqLength; t += STEPS_PER_GEMM) {
        Gemm.gemm(
            Math.min(STEPS_PER_GEMM, acts.seqLength - t),
            dzAbove.at(block, firstPanelAbove, t * ROW_BLOCK),
            weightsAbove,
            zeros,
            dOutput.at(block, firstPanel, t * ROW_BLOCK));
      }
    }
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int p = firstPanel; p < lastPanel; p++) {
        for (PanelMatrix carried : scratch.carried) {
          int offset = carried.offset(block, p, 0);
          Arrays.fill(carried.values(), offset, offset + ROW_BLOCK * NR, 0);
        }
        if (acts.drops()) {
          multiply(
              scratch.mask[layer].values(), scratch.dOutput, scratch.dOutput.offset(block, p, 0));
        }
      }
    }
  }

  /** Multiplies a panel of all time steps by one at the same offset. */
  private void multiply(float[] factors, PanelMatrix matrix, int offset) {
    float[] values = matrix.values();
    for (int i = offset; i < offset + acts.windowRows * NR; i += LANES) {
      FloatVector.fromArray(SPECIES, values, i)
          .mul(FloatVector.fromArray(SPECIES, factors, i))
          .intoArray(values, i);
    }
  }

  /**
   * One time step of the backward pass: dOutput += dz R^T with dz of the step after, then
   * overwrites the step's gates with dz. Or a stage of it.
   */
  void backward(int t, int stage, Rows rows) {
    int row = t * ROW_BLOCK;
    if (stage + 1 < products.length) {
      backwardIntermediate(row, rows);
      return;
    }
    if (t + 1 < acts.seqLength) {
      boolean resets = window.resets(t + 1);
      if (resets) {
        keep(row, rows);
      }
      Gemm.gemm(
          rows.count(),
          gates.at(rows.first(), firstHiddenPanel, row + ROW_BLOCK),
          hiddenTransposed,
          null,
          dHidden.at(rows.first(), firstPanel, row));
      if (resets) {
        restore(row, rows);
      }
    }
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int p = firstPanel; p < lastPanel; p++) {
        kernel.backward(tile.at(block, p, row));
      }
    }
  }

  /** Keeps the gradients with respect to the outputs of a time step, all rows of each panel. */
  private void keep(int row, Rows rows) {
    PanelMatrix d = scratch.dOutput;
    PanelMatrix kept = scratch.kept[0];
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int p = firstPanel; p < lastPanel; p++) {
        System.arraycopy(
            d.values(),
            d.offset(block, p, row),
            kept.values(),
            kept.offset(block, p, 0),
            ROW_BLOCK * NR);
      }
    }
  }

  /** Takes back what came from the step after, where a document begins in that. */
  private void restore(int row, Rows rows) {
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int r = 0; r < ROW_BLOCK; r++) {
        for (int p = firstPanel; p < lastPanel && window.resets(block, row + ROW_BLOCK + r); p++) {
          copy(scratch.kept[0], r, scratch.dOutput, row + r, block, p);
          for (PanelMatrix carried : scratch.carried) {
            clear(carried, block, p, r);
          }
        }
      }
    }
  }

  /** dm = dz R^T, and from that the gradients of what m is the product of. */
  private void backwardIntermediate(int row, Rows rows) {
    Gemm.gemm(
        rows.count(),
        gates.at(rows.first(), firstIntermediatePanel, row),
        intermediateTransposed,
        zeros,
        dIntermediate.at(rows.first(), firstPanel, 0));
    PanelMatrix dm = scratch.dIntermediate[0];
    for (int block = rows.first(); block < rows.last(); block++) {
      for (int p = firstPanel; p < lastPanel; p++) {
        tile.at(block, p, row).backwardIntermediate(dm.values(), dm.offset(block, p, 0));
      }
    }
  }
}
