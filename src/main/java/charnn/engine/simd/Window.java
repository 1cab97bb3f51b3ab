package charnn.engine.simd;

import static charnn.engine.simd.gemm.Simd.ROW_BLOCK;

import charnn.data.Batch;
import charnn.engine.Dropout;
import charnn.nn.LossMetrics;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.Arrays;

/**
 * What a window gives to the layers, and what they return: the arguments of the call in progress.
 */
final class Window {
  private final Activations acts;
  private final Dropout dropout;
  final int[] inputs; // [N][8T] token ids
  private final int[] lookupOffsets; // [N][8T] of the tokens' rows
  private final int lookupStride;
  private final int documentMark; // -1: none
  private final boolean[] resets; // [T] whether a document begins in any row
  private final int[][][] dropoutKeys; // [layers][N][8T]; empty without dropout
  private final double[] losses; // [N][8T]
  private final boolean[] corrects; // [N][8T]
  private Batch batch;
  private int counted;
  private RecurrentState state;
  private long step;

  /**
   * @param lookupStride from a token's row in the lookup table to the next token's
   */
  Window(Activations acts, NetworkSpec architecture, Dropout dropout, int lookupStride) {
    this.acts = acts;
    this.documentMark = architecture.documentMark();
    this.resets = new boolean[acts.seqLength];
    this.dropout = dropout;
    this.lookupStride = lookupStride;
    inputs = new int[acts.rowBlocks * acts.windowRows];
    lookupOffsets = new int[inputs.length];
    dropoutKeys =
        new int[architecture.layers()][acts.rowBlocks][acts.drops() ? acts.windowRows : 0];
    losses = new double[inputs.length];
    corrects = new boolean[inputs.length];
  }

  void begin(Batch batch, RecurrentState state, long step) {
    this.batch = batch;
    this.counted = batch.counted();
    this.state = state;
    this.step = step;
    Arrays.fill(resets, false);
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = acts.character(batch.inputs(), i / acts.windowRows, i % acts.windowRows, 0);
      lookupOffsets[i] = inputs[i] * lookupStride;
      if (inputs[i] == documentMark) {
        resets[i % acts.windowRows / ROW_BLOCK] = true;
      }
    }
  }

  /** Returns whether a document begins at a time, in any row: the state before it is zero. */
  boolean resets(int time) {
    return resets[time];
  }

  /** Returns whether a document begins in a row of a row block. */
  boolean resets(int block, int row) {
    return inputs[block * acts.windowRows + row] == documentMark;
  }

  /** Returns the offset of each token's row in the lookup table, [N][8T]. */
  int[] lookupOffsets() {
    return lookupOffsets;
  }

  /** Returns a state vector of a layer, [B x H]. */
  float[] state(int state, int layer) {
    return this.state.values()[state][layer];
  }

  /** Returns how many places count. */
  int counted() {
    return counted;
  }

  /** Returns a row's target; that of padding rows is ignored. */
  int target(int block, int row) {
    return acts.character(batch.targets(), block, row, Batch.IGNORED);
  }

  void score(int block, int row, double loss, boolean correct) {
    losses[block * acts.windowRows + row] = loss;
    corrects[block * acts.windowRows + row] = correct;
  }

  /** Returns the keys of a layer's dropout masks, [8T] of a row block. */
  int[] dropoutKeys(int layer, int block) {
    return dropoutKeys[layer][block];
  }

  /** Computes the keys of a layer's dropout masks, if there is dropout. */
  void computeDropoutKeys(int layer, int block) {
    if (!acts.drops()) {
      return;
    }
    for (int r = 0; r < ROW_BLOCK; r++) {
      long rowKey = dropout.rowKey(step, layer, block * ROW_BLOCK + r);
      for (int t = 0; t < acts.seqLength; t++) {
        dropoutKeys[layer][block][t * ROW_BLOCK + r] = dropout.key(rowKey, t);
      }
    }
  }

  LossMetrics score() {
    double loss = 0;
    long correct = 0;
    for (int block = 0; block < acts.rowBlocks; block++) {
      double lossOfBlock = 0;
      for (int s = block * acts.windowRows; s < (block + 1) * acts.windowRows; s++) {
        lossOfBlock += losses[s];
        correct += corrects[s] ? 1 : 0;
      }
      loss += lossOfBlock;
    }
    return new LossMetrics(loss, correct, counted);
  }
}
