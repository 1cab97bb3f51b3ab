package charnn.engine.reference;

import charnn.engine.Dropout;
import charnn.nn.Clamp;
import charnn.nn.LayerSpec;
import charnn.nn.LossMetrics;
import charnn.nn.NetworkSpec;
import charnn.nn.RecurrentState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The whole network on some rows of a batch: the forward pass, which keeps the activations that the
 * backward pass needs, and the backward pass.
 *
 * <p>R rows, T time steps. Row r at time t has row index s = t R + r. Memory: about R T ((G + S +
 * K) H layers + H + V) floats; 2 LSTM layers of 128, a vocabulary of 87, 4 rows and 32 steps take
 * 1.0 MB.
 */
final class LayerStack {
  private final List<Clamp> clamps;
  private final Weights weights;
  private final int rows; // R
  private final int seqLength; // T
  private final int documentMark; // -1: none
  private final List<RecurrentLayer> layers = new ArrayList<>();
  private final OutputLayer output;
  private final float[][] dOutput; // [T R][H] gradient with respect to a layer's output

  /**
   * @param leak of time gates
   * @param dropout if active, what {@link #forward} with dropout needs is allocated
   */
  LayerStack(
      NetworkSpec architecture,
      Weights weights,
      int rows,
      int seqLength,
      float leak,
      Dropout dropout) {
    this(architecture, weights, rows, seqLength, leak, dropout, List.of());
  }

  /** As the other; with units held at values, it is for forward passes only. */
  LayerStack(
      NetworkSpec architecture,
      Weights weights,
      int rows,
      int seqLength,
      float leak,
      Dropout dropout,
      List<Clamp> clamps) {
    this.clamps = List.copyOf(clamps);
    this.weights = weights;
    this.rows = rows;
    this.seqLength = seqLength;
    this.documentMark = architecture.documentMark();
    for (LayerSpec spec : architecture.layerSpecs()) {
      if (spec instanceof LayerSpec.Recurrent recurrent) {
        layers.add(
            new RecurrentLayer(
                recurrent, weights, layers.size(), rows, seqLength, leak, dropout.isActive()));
      }
    }
    output = new OutputLayer(weights, seqLength * rows);
    dOutput = new float[seqLength * rows][architecture.hiddenSize()];
  }

  /** Loads the state of rows firstRow to firstRow + R. */
  void load(RecurrentState state, int firstRow) {
    layers.forEach(layer -> layer.load(state, firstRow));
  }

  /** Stores the state after the window to rows firstRow to firstRow + R. */
  void store(RecurrentState state, int firstRow) {
    layers.forEach(layer -> layer.store(state, firstRow));
  }

  /**
   * Computes the logits of the window.
   *
   * @param inputs token ids, that of row r at time t at index t * stride + firstRow + r
   * @param dropout {@link Dropout#NONE} for none
   */
  void forward(int[] inputs, int stride, int firstRow, Dropout dropout, long step) {
    for (int l = 0; l < layers.size(); l++) {
      RecurrentLayer layer = layers.get(l);
      for (int s = 0; s < dOutput.length; s++) {
        int input = inputs[index(s, stride, firstRow)];
        float[] z = layer.beginStep(s, input == documentMark);
        if (l == 0) {
          // The input is one-hot, so that x W is a row of W.
          Kernels.add(weights.byInput[0][input], z);
        } else {
          RecurrentLayer below = layers.get(l - 1);
          Kernels.addVectorMatrix(below.outputs()[below.firstOutput() + s], weights.byInput[l], z);
        }
        if (clamps.isEmpty()) {
          layer.step(s);
        } else {
          layer.step(s, clamps);
        }
      }
      layer.drop(dropout, step, firstRow);
    }
    output.forward(top().outputs(), top().firstOutput());
  }

  private RecurrentLayer top() {
    return layers.get(layers.size() - 1);
  }

  private int index(int s, int stride, int firstRow) {
    return s / rows * stride + firstRow + s % rows;
  }

  /** Returns the layer of an index. */
  RecurrentLayer layer(int l) {
    return layers.get(l);
  }

  /** Copies the logits of the last forward pass to [T x R x V]. */
  void copyLogits(float[] out) {
    output.copyLogits(out);
  }

  /**
   * Returns the loss, and overwrites the logits with its gradient.
   *
   * @param targets as the inputs of {@link #forward}
   * @param factor one over the number of places that count
   */
  LossMetrics lossAndLogitsGradient(int[] targets, int stride, int firstRow, float factor) {
    LossMetrics score = LossMetrics.NONE;
    for (int s = 0; s < dOutput.length; s++) {
      score = score.plus(output.lossAndGradient(s, targets[index(s, stride, firstRow)], factor));
    }
    return score;
  }

  /**
   * The backward pass through the window, after {@link #forward} and {@link
   * #lossAndLogitsGradient}; overwrites the gradients.
   */
  void backward(int[] inputs, int stride, int firstRow, Gradients gradients) {
    gradients.clear();
    int last = layers.size();
    output.backward(
        top().outputs(), top().firstOutput(), gradients.input[last], gradients.bias[last], dOutput);
    for (int l = last - 1; l >= 0; l--) {
      float[][] dz = layers.get(l).backward(dOutput);
      layers.get(l).addTo(gradients);
      if (l > 0) {
        RecurrentLayer below = layers.get(l - 1);
        Kernels.addTransposedMatrix(dz, below.outputs(), below.firstOutput(), gradients.input[l]);
        Kernels.multiplyRows(dz, weights.byColumn[l], dOutput);
      } else {
        // With a one-hot input, dz is the gradient of one row of W.
        for (int s = 0; s < dz.length; s++) {
          Kernels.add(dz[s], gradients.first[inputs[index(s, stride, firstRow)]]);
        }
      }
    }
  }

  /**
   * Goes back from the logits at one time of one row to the first layer.
   *
   * @param dLogits [V] the gradient with respect to them
   * @param last the time, 0 to T - 1, of row 0
   * @return [T R][G H] the gradient with respect to the first layer's pre-activations, to which a
   *     character adds its row of W: with respect to its embedding
   */
  float[][] inputGradient(float[] dLogits, int last) {
    for (float[] row : dOutput) {
      Arrays.fill(row, 0);
    }
    Kernels.addVectorMatrix(dLogits, weights.byColumn[layers.size()], dOutput[last * rows]);
    for (int l = layers.size() - 1; l > 0; l--) {
      Kernels.multiplyRows(layers.get(l).backward(dOutput), weights.byColumn[l], dOutput);
    }
    return layers.get(0).backward(dOutput);
  }
}
