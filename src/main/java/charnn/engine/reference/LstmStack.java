package charnn.engine.reference;

import charnn.engine.Dropout;
import charnn.engine.Logits;
import charnn.nn.LossMetrics;
import charnn.nn.Network;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.Arrays;

/**
 * The whole network on some rows of a batch: the forward pass, which keeps the activations that the
 * backward pass needs, and the backward pass.
 *
 * <p>R rows, T time steps. Row r at time t has row index s = t R + r. Memory: about R T (7 H layers
 * + H + V) floats; 2 layers of 128, a vocabulary of 87, 4 rows and 32 steps take 1.0 MB.
 */
final class LstmStack {
  private final Weights weights;
  private final int layers;
  private final int rows; // R
  private final int seqLength; // T
  private final int h; // H

  // For each layer:
  private final float[][][]
      gates; // [T R][4H] activated gates; the backward pass overwrites them with dz
  private final float[][][] hidden; // [(T+1) R][H] the first R rows: h before the window
  private final float[][][] cell; // [(T+1) R][H] the first R rows: c before the window
  private final float[][][] tanhCell; // [T R][H]
  private final float[][][] mask; // [T R][H] of dropout; empty without
  private final float[][][] dropped; // [T R][H] h after dropout

  private final float[][]
      logits; // [T R][V] lossAndLogitsGradient() overwrites them with their gradient
  private boolean dropoutActive; // in the last forward pass

  private final float[][] dOutput; // [T R][H] gradient with respect to a layer's output
  private final float[][] dHidden; // [R][H] gradient with respect to h, from the step after
  private final float[][] dCell; // [R][H] gradient with respect to c, from the step after

  /**
   * @param dropout if active, what {@link #forward} with dropout needs is allocated
   */
  LstmStack(Network network, Weights weights, int rows, int seqLength, Dropout dropout) {
    NetworkSpec architecture = network.architecture();
    this.weights = weights;
    this.layers = architecture.layers();
    this.rows = rows;
    this.seqLength = seqLength;
    this.h = architecture.hiddenSize();
    int window = seqLength * rows;
    int droppedRows = dropout.isActive() ? window : 0;
    gates = new float[layers][window][4 * h];
    hidden = new float[layers][window + rows][h];
    cell = new float[layers][window + rows][h];
    tanhCell = new float[layers][window][h];
    mask = new float[layers][droppedRows][h];
    dropped = new float[layers][droppedRows][h];
    logits = new float[window][architecture.vocabularySize()];
    dOutput = new float[window][h];
    dHidden = new float[rows][h];
    dCell = new float[rows][h];
  }

  /** Loads the state of rows firstRow to firstRow + R. */
  void load(RecurrentState state, int firstRow) {
    for (int l = 0; l < layers; l++) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(state.hidden()[l], (firstRow + r) * h, hidden[l][r], 0, h);
        System.arraycopy(state.values()[1][l], (firstRow + r) * h, cell[l][r], 0, h);
      }
    }
  }

  /** Stores the state after the window to rows firstRow to firstRow + R. */
  void store(RecurrentState state, int firstRow) {
    for (int l = 0; l < layers; l++) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(
            hidden[l][seqLength * rows + r], 0, state.hidden()[l], (firstRow + r) * h, h);
        System.arraycopy(
            cell[l][seqLength * rows + r], 0, state.values()[1][l], (firstRow + r) * h, h);
      }
    }
  }

  /**
   * Computes the logits of the window.
   *
   * @param inputs token ids, that of row r at time t at index t * stride + firstRow + r
   * @param dropout {@link Dropout#NONE} for none
   */
  void forward(int[] inputs, int stride, int firstRow, Dropout dropout, long step) {
    dropoutActive = dropout.isActive();
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        for (int r = 0; r < rows; r++) {
          int s = t * rows + r;
          preActivate(l, s, inputs[t * stride + firstRow + r]);
          activate(l, s);
          if (dropoutActive) {
            dropout.mask(step, l, firstRow + r, t, h, mask[l][s], 0);
            System.arraycopy(hidden[l][s + rows], 0, dropped[l][s], 0, h);
            Kernels.multiply(mask[l][s], dropped[l][s]);
          }
        }
      }
    }
    for (int s = 0; s < logits.length; s++) {
      System.arraycopy(weights.bias[layers], 0, logits[s], 0, logits[s].length);
      Kernels.addVectorMatrix(
          outputs(layers - 1)[firstOutput() + s], weights.byInput[layers], logits[s]);
    }
  }

  /** Returns the outputs of layer l; those of row index s are in row {@link #firstOutput()} + s. */
  private float[][] outputs(int l) {
    return dropoutActive ? dropped[l] : hidden[l];
  }

  private int firstOutput() {
    return dropoutActive ? 0 : rows;
  }

  /** z = b + x W + h R of row index s; the first layer's x is one-hot, so x W is a row of W. */
  private void preActivate(int l, int s, int character) {
    float[] z = gates[l][s];
    System.arraycopy(weights.bias[l], 0, z, 0, z.length);
    if (l == 0) {
      Kernels.add(weights.byInput[0][character], z);
    } else {
      Kernels.addVectorMatrix(outputs(l - 1)[firstOutput() + s], weights.byInput[l], z);
    }
    Kernels.addVectorMatrix(hidden[l][s], weights.recurrentByInput[l], z);
  }

  /** c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c'). */
  private void activate(int l, int s) {
    float[] z = gates[l][s];
    float[] before = cell[l][s];
    float[] after = cell[l][s + rows];
    for (int u = 0; u < h; u++) {
      float g = Functions.tanh(z[u]);
      float f = Functions.sigmoid(z[h + u]);
      float o = Functions.sigmoid(z[2 * h + u]);
      float i = Functions.sigmoid(z[3 * h + u]);
      float c = f * before[u] + i * g;
      float tanhC = Functions.tanh(c);
      z[u] = g;
      z[h + u] = f;
      z[2 * h + u] = o;
      z[3 * h + u] = i;
      after[u] = c;
      tanhCell[l][s][u] = tanhC;
      hidden[l][s + rows][u] = o * tanhC;
    }
  }

  /** Copies the logits of the last forward pass to [T x R x V]. */
  void copyLogits(float[] out) {
    for (int s = 0; s < logits.length; s++) {
      System.arraycopy(logits[s], 0, out, s * logits[s].length, logits[s].length);
    }
  }

  /**
   * Returns the loss, and overwrites the logits with its gradient: softmax minus one-hot target,
   * times a factor.
   *
   * @param targets as the inputs of {@link #forward}
   * @param factor one over the number of characters over which the loss is averaged
   */
  LossMetrics lossAndLogitsGradient(int[] targets, int stride, int firstRow, float factor) {
    LossMetrics score = LossMetrics.NONE;
    for (int t = 0; t < seqLength; t++) {
      for (int r = 0; r < rows; r++) {
        score =
            score.plus(
                lossAndLogitsGradient(
                    logits[t * rows + r], targets[t * stride + firstRow + r], factor));
      }
    }
    return score;
  }

  private static LossMetrics lossAndLogitsGradient(float[] row, int target, float factor) {
    int best = Logits.argMax(row, 0, row.length);
    float max = row[best];
    float shifted = row[target] - max;
    float sum = 0;
    for (int k = 0; k < row.length; k++) {
      row[k] = Functions.exp(row[k] - max);
      sum += row[k];
    }
    float scale = factor / sum;
    for (int k = 0; k < row.length; k++) {
      row[k] *= scale;
    }
    row[target] -= factor;
    return new LossMetrics(StrictMath.log(sum) - shifted, best == target ? 1 : 0, 1);
  }

  /**
   * The backward pass through the window, after {@link #forward} and {@link
   * #lossAndLogitsGradient}; overwrites the gradients.
   */
  void backward(int[] inputs, int stride, int firstRow, Gradients gradients) {
    gradients.clear();
    Kernels.addTransposedMatrix(
        logits, outputs(layers - 1), firstOutput(), gradients.input[layers]);
    sumRows(logits, gradients.bias[layers]);
    backpropagateInput(logits, weights.byColumn[layers]);
    for (int l = layers - 1; l >= 0; l--) {
      if (dropoutActive) {
        for (int s = 0; s < dOutput.length; s++) {
          Kernels.multiply(mask[l][s], dOutput[s]);
        }
      }
      backpropagateGates(l);
      Kernels.addTransposedMatrix(gates[l], hidden[l], 0, gradients.recurrent[l]);
      sumRows(gates[l], gradients.bias[l]);
      if (l > 0) {
        Kernels.addTransposedMatrix(gates[l], outputs(l - 1), firstOutput(), gradients.input[l]);
        backpropagateInput(gates[l], weights.byColumn[l]);
      } else {
        accumulateFirstLayerGradient(inputs, stride, firstRow, gradients.first);
      }
    }
  }

  private static void sumRows(float[][] rows, float[] sum) {
    for (float[] row : rows) {
      Kernels.add(row, sum);
    }
  }

  /** dOutput = dz W^T: the gradient with respect to the output of the layer below. */
  private void backpropagateInput(float[][] dz, float[][] columns) {
    for (int s = 0; s < dz.length; s++) {
      Arrays.fill(dOutput[s], 0);
      Kernels.addVectorMatrix(dz[s], columns, dOutput[s]);
    }
  }

  /** Overwrites the activated gates of layer l with dz, from the last time step to the first. */
  private void backpropagateGates(int l) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(dHidden[r], 0);
      Arrays.fill(dCell[r], 0);
      for (int t = seqLength - 1; t >= 0; t--) {
        int s = t * rows + r;
        pointwiseBackward(l, s, dHidden[r], dCell[r]);
        if (t > 0) {
          Arrays.fill(dHidden[r], 0);
          Kernels.addVectorMatrix(gates[l][s], weights.recurrentByColumn[l], dHidden[r]);
        }
      }
    }
  }

  /** Overwrites a row's activated gates with dz; dCellNext with the gradient with respect to c. */
  private void pointwiseBackward(int l, int s, float[] dHiddenNext, float[] dCellNext) {
    float[] z = gates[l][s];
    for (int u = 0; u < h; u++) {
      float g = z[u];
      float f = z[h + u];
      float o = z[2 * h + u];
      float i = z[3 * h + u];
      float tanhC = tanhCell[l][s][u];
      float dh = dOutput[s][u] + dHiddenNext[u];
      float dc = dCellNext[u] + dh * o * (1 - tanhC * tanhC);
      z[u] = dc * i * (1 - g * g);
      z[h + u] = dc * cell[l][s][u] * f * (1 - f);
      z[2 * h + u] = dh * tanhC * o * (1 - o);
      z[3 * h + u] = dc * g * i * (1 - i);
      dCellNext[u] = dc * f;
    }
  }

  /** With a one-hot input, dz is the gradient of one row of W. */
  private void accumulateFirstLayerGradient(
      int[] inputs, int stride, int firstRow, float[][] gradient) {
    for (int t = 0; t < seqLength; t++) {
      for (int r = 0; r < rows; r++) {
        Kernels.add(gates[0][t * rows + r], gradient[inputs[t * stride + firstRow + r]]);
      }
    }
  }
}
