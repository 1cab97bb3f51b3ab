package charnn.engine.scalar;

import charnn.engine.Dropout;
import charnn.model.Architecture;
import charnn.model.Network;
import charnn.model.RnnState;
import charnn.model.Score;
import java.util.Arrays;
import java.util.List;

/**
 * The whole network on some rows of a batch: the forward pass, which keeps what the backward pass needs, and the backward pass.
 *
 * <p>R rows, T steps. Memory: about R T (8 H layers + H + V) floats; 2 layers of 128, an alphabet of 87, 8 rows and 32 steps take 2.3 MB.
 */
final class LstmStack {
  private final Network network;
  private final TransposedWeights transposed;
  private final List<Architecture.Layer> layout;
  private final int layers;
  private final int rows; // R
  private final int seqLength; // T
  private final int h; // H
  private final int v; // V

  // For each layer:
  private final float[][] gates; // [T x R x 4H] activated gates; in the backward pass overwritten by dz
  private final float[][] hidden; // [(T+1) x R x H] slot 0: h before the window
  private final float[][] cell; // [(T+1) x R x H] slot 0: c before the window
  private final float[][] tanhCell; // [T x R x H]
  private final float[][] factors; // [T x R x H] of dropout
  private final float[][] dropped; // [T x R x H] h after dropout

  private final float[] logits; // [T x R x V] in the backward pass overwritten by their derivative
  private boolean dropping; // whether the last forward pass used dropout

  private final float[] dOutput; // [T x R x H] derivative by a layer's output
  private final float[] dHidden; // [R x H] derivative by h, from the step after
  private final float[] dCell; // [R x H] derivative by c, from the step after
  private final float[] dInput; // [V x 4H] derivative by the first layer's weights, transposed

  /**
   * @param dropout tells whether to allocate what {@link #forward} with dropout needs
   */
  LstmStack(Network network, TransposedWeights transposed, int rows, int seqLength, Dropout dropout) {
    Architecture architecture = network.architecture();
    this.network = network;
    this.transposed = transposed;
    this.layout = architecture.parameterLayout();
    this.layers = architecture.layers();
    this.rows = rows;
    this.seqLength = seqLength;
    this.h = architecture.hiddenSize();
    this.v = architecture.alphabetSize();
    int window = seqLength * rows;
    gates = new float[layers][window * 4 * h];
    hidden = new float[layers][(window + rows) * h];
    cell = new float[layers][(window + rows) * h];
    tanhCell = new float[layers][window * h];
    int droppedSize = dropout.isActive() ? window * h : 0;
    factors = new float[layers][droppedSize];
    dropped = new float[layers][droppedSize];
    logits = new float[window * v];
    dOutput = new float[window * h];
    dHidden = new float[rows * h];
    dCell = new float[rows * h];
    dInput = new float[v * 4 * h];
  }

  /** Takes over the state of rows firstRow to firstRow + R. */
  void load(RnnState state, int firstRow) {
    for (int l = 0; l < layers; l++) {
      System.arraycopy(state.hidden()[l], firstRow * h, hidden[l], 0, rows * h);
      System.arraycopy(state.cell()[l], firstRow * h, cell[l], 0, rows * h);
    }
  }

  /** Gives the state after the window to rows firstRow to firstRow + R. */
  void store(RnnState state, int firstRow) {
    int last = seqLength * rows * h;
    for (int l = 0; l < layers; l++) {
      System.arraycopy(hidden[l], last, state.hidden()[l], firstRow * h, rows * h);
      System.arraycopy(cell[l], last, state.cell()[l], firstRow * h, rows * h);
    }
  }

  /**
   * Computes the logits of the window.
   *
   * @param inputs character indices, that of row r at time t at t * stride + firstRow + r
   * @param dropout {@link Dropout#NONE} for none
   */
  void forward(int[] inputs, int stride, int firstRow, Dropout dropout, long step) {
    dropping = dropout.isActive();
    for (int l = 0; l < layers; l++) {
      for (int t = 0; t < seqLength; t++) {
        for (int r = 0; r < rows; r++) {
          project(l, t * rows + r, inputs[t * stride + firstRow + r]);
          activate(l, t * rows + r);
          if (dropping) {
            int at = (t * rows + r) * h;
            dropout.factors(step, l, firstRow + r, t, h, factors[l], at);
            System.arraycopy(hidden[l], rows * h + at, dropped[l], at, h);
            Kernels.multiply(factors[l], at, h, dropped[l], at);
          }
        }
      }
    }
    Architecture.Layer output = layout.get(layers);
    for (int s = 0; s < seqLength * rows; s++) {
      System.arraycopy(network.parameters(), output.bias(), logits, s * v, v);
      Kernels.addVectorMatrix(
          outputOf(layers - 1), outputAt(s), h, transposed.input[layers], 0, v, logits, s * v);
    }
  }

  /** The array that holds what layer l passes upwards. */
  private float[] outputOf(int l) {
    return dropping ? dropped[l] : hidden[l];
  }

  /** Where in that array the output at place s = t * R + r begins. */
  private int outputAt(int s) {
    return dropping ? s * h : (s + rows) * h;
  }

  /** z = b + x W + h R at place s; the first layer's x is one-hot, so that x W is a row of W. */
  private void project(int l, int s, int character) {
    float[] z = gates[l];
    int at = s * 4 * h;
    System.arraycopy(network.parameters(), layout.get(l).bias(), z, at, 4 * h);
    if (l == 0) {
      Kernels.add(transposed.input[0], character * 4 * h, 4 * h, z, at);
    } else {
      Kernels.addVectorMatrix(outputOf(l - 1), outputAt(s), h, transposed.input[l], 0, 4 * h, z, at);
    }
    Kernels.addVectorMatrix(hidden[l], s * h, h, transposed.recurrent[l], 0, 4 * h, z, at);
  }

  /** c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o) tanh(c'). */
  private void activate(int l, int s) {
    float[] z = gates[l];
    int g = s * 4 * h;
    int f = g + h;
    int o = f + h;
    int i = o + h;
    int before = s * h;
    int after = (s + rows) * h;
    for (int u = 0; u < h; u++) {
      z[g + u] = Functions.tanh(z[g + u]);
      z[f + u] = Functions.sigmoid(z[f + u]);
      z[o + u] = Functions.sigmoid(z[o + u]);
      z[i + u] = Functions.sigmoid(z[i + u]);
      float c = z[f + u] * cell[l][before + u] + z[i + u] * z[g + u];
      float tanhC = Functions.tanh(c);
      cell[l][after + u] = c;
      tanhCell[l][before + u] = tanhC;
      hidden[l][after + u] = z[o + u] * tanhC;
    }
  }

  /** Copies the logits of the last forward pass, [T x R x V]. */
  void copyLogits(float[] out) {
    System.arraycopy(logits, 0, out, 0, logits.length);
  }

  /**
   * Scores the logits, and overwrites them with the derivative of the loss: softmax minus one-hot target, times a factor.
   *
   * @param targets as the inputs of {@link #forward}
   * @param factor one over the number of characters over which the loss is averaged
   */
  Score score(int[] targets, int stride, int firstRow, float factor) {
    double loss = 0;
    long correct = 0;
    for (int t = 0; t < seqLength; t++) {
      for (int r = 0; r < rows; r++) {
        int target = targets[t * stride + firstRow + r];
        int at = (t * rows + r) * v;
        int best = 0;
        for (int k = 1; k < v; k++) {
          best = logits[at + k] > logits[at + best] ? k : best;
        }
        float max = logits[at + best];
        float targetLogit = logits[at + target];
        float sum = 0;
        for (int k = 0; k < v; k++) {
          float e = Functions.exp(logits[at + k] - max);
          logits[at + k] = e;
          sum += e;
        }
        loss += StrictMath.log(sum) - (targetLogit - max);
        correct += best == target ? 1 : 0;
        float scale = factor / sum;
        for (int k = 0; k < v; k++) {
          logits[at + k] *= scale;
        }
        logits[at + target] -= factor;
      }
    }
    return new Score(loss, correct, (long) seqLength * rows);
  }

  /**
   * Back-propagates through the window, after {@link #forward} and {@link #score}.
   *
   * @param gradient in the order of the parameters; overwritten
   */
  void backward(int[] inputs, int stride, int firstRow, float[] gradient) {
    Arrays.fill(gradient, 0);
    int window = seqLength * rows;
    addWeightGradient(logits, v, outputOf(layers - 1), outputAt(0), h, gradient, layout.get(layers).weights());
    addBiasGradient(logits, v, gradient, layout.get(layers).bias());
    differentiateInput(logits, v, layout.get(layers).weights());
    for (int l = layers - 1; l >= 0; l--) {
      Architecture.Layer layer = layout.get(l);
      if (dropping) {
        Kernels.multiply(factors[l], 0, window * h, dOutput, 0);
      }
      differentiateGates(l);
      addWeightGradient(gates[l], 4 * h, hidden[l], 0, h, gradient, layer.recurrent());
      addBiasGradient(gates[l], 4 * h, gradient, layer.bias());
      if (l > 0) {
        addWeightGradient(gates[l], 4 * h, outputOf(l - 1), outputAt(0), h, gradient, layer.weights());
        differentiateInput(gates[l], 4 * h, layer.weights());
      } else {
        differentiateFirstWeights(inputs, stride, firstRow, gradient);
      }
    }
  }

  /** dW += dz^T x over the window; column-major W [n x columns] is row-major [columns x n]. */
  private void addWeightGradient(float[] dz, int columns, float[] x, int xAt, int n, float[] gradient, int at) {
    Kernels.addTransposedProduct(dz, 0, columns, x, xAt, n, seqLength * rows, gradient, at);
  }

  private void addBiasGradient(float[] dz, int columns, float[] gradient, int at) {
    for (int s = 0; s < seqLength * rows; s++) {
      Kernels.add(dz, s * columns, columns, gradient, at);
    }
  }

  /** dOutput = dz W^T: the derivative by what the layer below put out. */
  private void differentiateInput(float[] dz, int columns, int weights) {
    Arrays.fill(dOutput, 0);
    for (int s = 0; s < seqLength * rows; s++) {
      Kernels.addVectorMatrix(dz, s * columns, columns, network.parameters(), weights, h, dOutput, s * h);
    }
  }

  /** Overwrites the activated gates of layer l with dz, from the last step back to the first. */
  private void differentiateGates(int l) {
    Arrays.fill(dHidden, 0);
    Arrays.fill(dCell, 0);
    for (int t = seqLength - 1; t >= 0; t--) {
      for (int r = 0; r < rows; r++) {
        differentiateGates(l, t * rows + r, r);
      }
      if (t > 0) {
        Arrays.fill(dHidden, 0);
        for (int r = 0; r < rows; r++) {
          Kernels.addVectorMatrix(
              gates[l], (t * rows + r) * 4 * h, 4 * h, network.parameters(), layout.get(l).recurrent(), h, dHidden, r * h);
        }
      }
    }
  }

  private void differentiateGates(int l, int s, int r) {
    float[] z = gates[l];
    int at = s * 4 * h;
    for (int u = 0; u < h; u++) {
      float g = z[at + u];
      float f = z[at + h + u];
      float o = z[at + 2 * h + u];
      float i = z[at + 3 * h + u];
      float tanhC = tanhCell[l][s * h + u];
      float dh = dOutput[s * h + u] + dHidden[r * h + u];
      float dc = dCell[r * h + u] + dh * o * (1 - tanhC * tanhC);
      z[at + u] = dc * i * (1 - g * g);
      z[at + h + u] = dc * cell[l][s * h + u] * f * (1 - f);
      z[at + 2 * h + u] = dh * tanhC * o * (1 - o);
      z[at + 3 * h + u] = dc * g * i * (1 - i);
      dCell[r * h + u] = dc * f;
    }
  }

  /** A one-hot input has a gradient in one row of W only: gather the rows, then write them column-major. */
  private void differentiateFirstWeights(int[] inputs, int stride, int firstRow, float[] gradient) {
    Arrays.fill(dInput, 0);
    for (int t = 0; t < seqLength; t++) {
      for (int r = 0; r < rows; r++) {
        int character = inputs[t * stride + firstRow + r];
        Kernels.add(gates[0], (t * rows + r) * 4 * h, 4 * h, dInput, character * 4 * h);
      }
    }
    Kernels.transpose(dInput, 0, 4 * h, v, gradient, layout.get(0).weights());
  }
}
